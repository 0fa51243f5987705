import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { microsoft365AppOnlyTest, microsoft365MailTest } from '../kit/credentialTests';
import { searchImapFolders } from '../kit/imap/searchImapFolders';
import { mailConnectionProperties, mailCredentials } from '../kit/mailConnect';
import { resourceProperties } from '../kit/resource';
import { runWith } from '../kit/runWith';
import { openImapTools } from './imap';
import { resources } from './resources';

export class Microsoft365Imap implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 IMAP',
		name: 'microsoft365Imap',
		icon: { light: 'file:../../icons/imap.svg', dark: 'file:../../icons/imap.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Search, read, move and mark mail over IMAP with the Microsoft sign-in',
		defaults: { name: 'Microsoft 365 IMAP' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: mailCredentials,
		properties: [...mailConnectionProperties, ...resourceProperties(resources)],
	};

	methods = {
		listSearch: { searchImapFolders },
		credentialTest: { microsoft365AppOnlyTest, microsoft365MailTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runWith(this, resources, openImapTools);
	}
}
