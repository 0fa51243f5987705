import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { microsoft365AppOnlyTest, microsoft365MailTest } from '../kit/credentialTests';
import { searchImapFolders } from '../kit/imap/searchImapFolders';
import { mailCredentials } from '../kit/mailConnect';
import { runFolder } from './imap/runFolder';
import { imapTriggerProperties } from './imap/settings';
import { watchFolder } from './imap/watchFolder';

export class Microsoft365ImapTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 IMAP Trigger',
		name: 'microsoft365ImapTrigger',
		icon: {
			light: 'file:../../icons/imapTrigger.svg',
			dark: 'file:../../icons/imapTrigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["folder"].value }}',
		description:
			'Starts the workflow within moments for each message that comes into a folder of a Microsoft 365 mailbox, by IMAP with modern authentication',
		eventTriggerDescription: '',
		activationMessage:
			'Each new message in the folder will now start the workflow. What is in there already will not.',
		defaults: { name: 'Microsoft 365 IMAP Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: mailCredentials,
		properties: imapTriggerProperties,
	};

	methods = {
		listSearch: { searchImapFolders },
		credentialTest: { microsoft365AppOnlyTest, microsoft365MailTest },
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await watchFolder(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runFolder(this);
	}
}
