import type { INodeProperties, ITriggerFunctions } from 'n8n-workflow';
import { choice, collection } from '../../kit/fields/values';

const field = collection('triggerOptions', {
	displayName: 'Trigger Options',
	placeholder: 'Add Option',
	fields: [
		choice('runs', {
			displayName: 'Runs',
			options: [
				{
					name: 'One for All Found at Once',
					value: 'all',
					description: 'What a look finds is one run with several items, at most 200',
				},
				{
					name: 'One for Each Item',
					value: 'each',
					description: 'An item that fails leaves the others alone',
				},
			],
			default: 'each',
		}),
		choice('afterPause', {
			displayName: 'After a Pause',
			options: [
				{
					name: 'Catch Up',
					value: 'catchUp',
					description: 'What happened while the workflow was switched off starts runs too',
				},
				{
					name: 'Start Fresh',
					value: 'fresh',
					description: 'Only what happens from the moment the workflow is switched on',
				},
			],
			default: 'catchUp',
			description:
				'Restarts of n8n and changes of the workflow are no pause: nothing is left out then',
		}),
	],
});

export interface TriggerOptions {
	readonly runs: 'each' | 'all';
	readonly afterPause: 'catchUp' | 'fresh';
}

export const triggerOptionsProperty: INodeProperties = field.property;

export function readTriggerOptions(context: ITriggerFunctions): TriggerOptions {
	const raw: unknown = context.getNodeParameter(field.name, {});
	const value = field.read(raw, {
		timezone: context.getTimezone(),
		identity: 'delegated',
		params: {},
	});
	return { runs: 'each', afterPause: 'catchUp', ...(value as Partial<TriggerOptions>) };
}
