import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { authenticationProperty, graphCredentials } from '../kit/connect';
import { microsoft365AppOnlyTest } from '../kit/credentialTests';
import { resourceProperties } from '../kit/resource';
import { answerReview } from '../kit/review/answer';
import { outputsWithReview, reviewWebhooks, waitingForReview } from '../kit/review/branches';
import { run } from '../kit/run';
import { searchCalendars } from './pickers/calendars';
import { searchEvents } from './pickers/events';
import { resources } from './resources';

export class Microsoft365Calendar implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 Calendar',
		name: 'microsoft365Calendar',
		icon: { light: 'file:../../icons/calendar.svg', dark: 'file:../../icons/calendar.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Plan, book and answer meetings in any Microsoft 365 calendar',
		defaults: { name: 'Microsoft 365 Calendar' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsWithReview(resources),
		webhooks: reviewWebhooks,
		waitingNodeTooltip: waitingForReview,
		credentials: graphCredentials,
		properties: [authenticationProperty, ...resourceProperties(resources)],
	};

	methods = {
		listSearch: { searchCalendars, searchEvents },
		credentialTest: { microsoft365AppOnlyTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerReview(this, resources);
	}
}
