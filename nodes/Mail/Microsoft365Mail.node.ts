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
import { searchCategories } from './pickers/categories';
import { searchFolders } from './pickers/folders';
import { searchDrafts, searchMessages } from './pickers/messages';
import { searchRules } from './pickers/rules';
import { resources } from './resources';

export class Microsoft365Mail implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 Mail',
		name: 'microsoft365Mail',
		icon: { light: 'file:../../icons/mail.svg', dark: 'file:../../icons/mail.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send, read, answer and file email in any Microsoft 365 mailbox',
		defaults: { name: 'Microsoft 365 Mail' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsWithReview(resources),
		webhooks: reviewWebhooks,
		waitingNodeTooltip: waitingForReview,
		credentials: graphCredentials,
		properties: [authenticationProperty, ...resourceProperties(resources)],
	};

	methods = {
		listSearch: {
			searchCategories,
			searchDrafts,
			searchFolders,
			searchMessages,
			searchRules,
		},
		credentialTest: { microsoft365AppOnlyTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerReview(this, resources);
	}
}
