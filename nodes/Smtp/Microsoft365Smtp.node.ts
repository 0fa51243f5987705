import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { microsoft365AppOnlyTest, microsoft365MailTest } from '../kit/credentialTests';
import { mailConnectionProperties, mailCredentials } from '../kit/mailConnect';
import { resourceProperties } from '../kit/resource';
import { runWith } from '../kit/runWith';
import { resources } from './resources';
import { openSmtpTools } from './smtp';

export class Microsoft365Smtp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 SMTP',
		name: 'microsoft365Smtp',
		icon: { light: 'file:../../icons/smtp.svg', dark: 'file:../../icons/smtp.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send mail over SMTP with the Microsoft sign-in instead of a password',
		defaults: { name: 'Microsoft 365 SMTP' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: mailCredentials,
		properties: [...mailConnectionProperties, ...resourceProperties(resources)],
	};

	methods = {
		credentialTest: { microsoft365AppOnlyTest, microsoft365MailTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runWith(this, resources, openSmtpTools);
	}
}
