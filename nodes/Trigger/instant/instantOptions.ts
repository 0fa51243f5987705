import type { INodeProperties, ITriggerFunctions } from 'n8n-workflow';

const defaultMinutes = 10;

/** How often to look although nothing was told: what gets lost on the way is found then. */
export const floorProperty: INodeProperties = {
	displayName: 'Also Look Every (Minutes)',
	name: 'floorMinutes',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1440 },
	default: defaultMinutes,
	description:
		'Microsoft may fail to deliver a notification. A look in between finds what has changed; it costs one request per watched folder or list.',
};

export function readInstantOptions(context: Pick<ITriggerFunctions, 'getNodeParameter'>): {
	readonly floorMinutes: number;
} {
	const raw = Number(context.getNodeParameter(floorProperty.name, defaultMinutes));
	return { floorMinutes: Number.isFinite(raw) ? Math.min(1440, Math.max(1, raw)) : defaultMinutes };
}
