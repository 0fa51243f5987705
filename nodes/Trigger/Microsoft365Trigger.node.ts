import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { authenticationProperty, graphCredentials } from '../kit/connect';
import { events } from './events';
import { eventProperties } from './shared/eventProperties';
import { formMethods } from './shared/formMethods';
import { pollRegularly } from './shared/pollRegularly';
import { runTrigger } from './shared/runTrigger';
import { watchWithN8n } from './shared/watchWithN8n';

export class Microsoft365Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 Trigger',
		name: 'microsoft365Trigger',
		icon: { light: 'file:../../icons/trigger.svg', dark: 'file:../../icons/trigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow for each new message, event, file or list item in Microsoft 365; looks at the times you set',
		defaults: { name: 'Microsoft 365 Trigger' },
		// n8n adds its field Poll Times for it. There is no `poll`: n8n would start its runs without a
		// key to refuse a second one by, and could lose what it found between two saves.
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: graphCredentials,
		properties: [authenticationProperty, ...eventProperties(events)],
	};

	methods = formMethods;

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return pollRegularly(this, await watchWithN8n(this, events));
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runTrigger(this, events);
	}
}
