import {
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeParameters,
	type INodeTypes,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';

const node = {
	id: '1',
	name: 'Credential',
	type: 'mock',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

/** What n8n makes of entered values: defaults, only what is displayed, expressions resolved. */
export function resolveCredential(
	type: ICredentialType,
	entered: ICredentialDataDecryptedObject,
): Record<string, unknown> {
	const data = NodeHelpers.getNodeParameters(
		type.properties,
		entered as INodeParameters,
		true,
		false,
		null,
		null,
	);
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByNameAndVersion: () => ({ description: { properties: [] } }),
		} as unknown as INodeTypes,
	});
	return workflow.expression.getComplexParameterValue(
		node,
		data ?? {},
		'internal',
		{},
		undefined,
		undefined,
		data ?? {},
	) as Record<string, unknown>;
}
