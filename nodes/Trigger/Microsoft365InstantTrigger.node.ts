import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { authenticationProperty, graphCredentials } from '../kit/connect';
import { events } from './events';
import { floorProperty } from './instant/instantOptions';
import { receive } from './instant/receive';
import { watchInstantly } from './instant/watchInstantly';
import { webhookMethods } from './instant/webhookMethods';
import { eventProperties } from './shared/eventProperties';
import { formMethods } from './shared/formMethods';
import { runTrigger } from './shared/runTrigger';

const instantEvents = events.filter(({ subscriptions }) => subscriptions !== undefined);

export class Microsoft365InstantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 Instant Trigger',
		name: 'microsoft365InstantTrigger',
		icon: { light: 'file:../../icons/trigger.svg', dark: 'file:../../icons/trigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow within seconds of a new message, event, file or list item in Microsoft 365; Microsoft must be able to reach n8n',
		defaults: { name: 'Microsoft 365 Instant Trigger' },
		eventTriggerDescription: '',
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					'A test takes the newest item that is there already, as if it had come just now. <br /><br />Once the workflow is active, Microsoft tells n8n of each change.',
				active:
					'A test takes the newest item that is there already, as if it had come just now. <br /><br />The workflow also runs by itself: see the list of executions.',
			},
			activationHint:
				'Once you have finished building your workflow, activate it: Microsoft then tells n8n of each change.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: graphCredentials,
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'microsoft365',
				ndvHideUrl: true,
				ndvHideMethod: true,
			},
		],
		properties: [
			{
				displayName:
					'Microsoft must be able to reach n8n at a public https address (WEBHOOK_URL). Behind a firewall, use "Microsoft 365 Trigger" instead.',
				name: 'addressNotice',
				type: 'notice',
				default: '',
			},
			authenticationProperty,
			...eventProperties(instantEvents),
			floorProperty,
		],
	};

	methods = formMethods;

	webhookMethods = webhookMethods;

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await watchInstantly(this, instantEvents);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await Promise.resolve(receive(this));
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runTrigger(this, instantEvents);
	}
}
