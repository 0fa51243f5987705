import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeTypeDescription,
	IWebhookDescription,
} from 'n8n-workflow';
import type { Resource } from '../resource';
import type { Answer } from './types';

/**
 * The outputs of an operation that asks. Their places don't depend on the parameters, so that
 * connections keep their meaning when, say, the Decline button is switched off.
 */
const branches = { answered: 0, noAnswer: 1, declined: 2 } as const;

export type Branch = keyof typeof branches;

export const branchOf = ({ decision }: Answer): Branch =>
	decision === 'declined' ? 'declined' : 'answered';

/**
 * A node's `outputs`: the branches for operations that ask, one output for all others. n8n's
 * editor evaluates it whenever a parameter changes.
 */
export function outputsWithReview(resources: readonly Resource[]): INodeTypeDescription['outputs'] {
	const asking = resources.flatMap((resource) =>
		resource.operations
			.filter(({ review }) => review !== undefined)
			.map((operation) => `${resource.value}/${operation.value}`),
	);
	return `={{ (${outputsOf.toString()})($parameter, ${JSON.stringify(asking)}) }}`;
}

// Runs in the editor as text: it must use nothing from outside of itself, nor contain two closing braces in a row.
function outputsOf(
	parameter: { resource?: string; operation?: string; responseType?: string; canDecline?: boolean },
	asking: string[],
) {
	const names = [];
	if (asking.includes(`${parameter.resource}/${parameter.operation}`)) {
		const isApproval = (parameter.responseType ?? 'approval') === 'approval';
		names.push(isApproval ? 'Approved' : 'Answered', 'No Answer');
		if (isApproval && parameter.canDecline !== false) names.push('Declined');
	} else {
		names.push('');
	}
	return names.map((displayName) => ({ type: 'main', displayName }));
}

/** What `execute` or `webhook` hands to n8n in order that an item leaves by a branch. */
export function onBranch(
	context: Pick<IExecuteFunctions, 'getNode'>,
	branch: Branch,
	item: INodeExecutionData,
): INodeExecutionData[][] {
	// As an agent's tool the node has one output, whatever was decided.
	const place = isTool(context) ? 0 : branches[branch];
	return Array.from({ length: place + 1 }, (_, index) => (index === place ? [item] : []));
}

/**
 * Prepares what leaves the node when nobody answers. n8n doesn't run a node again after its wait: it
 * passes on the data that the node was given, and only to the first output unless told otherwise
 * (WorkflowExecute.handleDisabledNode). So the item becomes that data, at its branch's place.
 */
export function prepareNoAnswer(context: IExecuteFunctions, item: INodeExecutionData): void {
	const waiting = context.getExecuteData();
	waiting.data = { main: onBranch(context, 'noAnswer', item) };
	// Each output's items are paired through the source of the same place.
	const [source = null] = waiting.source?.['main'] ?? [];
	waiting.source = { main: Object.values(branches).map(() => source) };
	context.setMetadata({ forwardAllOutputs: true });
}

function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/** A node's `webhooks`: where a reviewer's browser reaches it, only while an execution waits. */
export const reviewWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map(
	(httpMethod) => ({
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		isFullPath: true,
		restartWebhook: true,
	}),
);

/** A node's `waitingNodeTooltip`. */
export const waitingForReview =
	'The workflow continues when a reviewer answers, or at the time limit';
