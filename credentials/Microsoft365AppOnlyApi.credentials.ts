import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import {
	adminConsentFields,
	clientFields,
	environmentFields,
	outlookUrlField,
	tenantFields,
} from './fields';

/** The app itself signs in, without a person. Tested by `microsoft365AppOnlyTest` of the nodes. */
// eslint-disable-next-line @n8n/community-nodes/credential-test-required -- the nodes share one list of credentials, whose `testedBy` the rule doesn't see
export class Microsoft365AppOnlyApi implements ICredentialType {
	name = 'microsoft365AppOnlyApi';
	displayName = 'Microsoft 365 App-Only API';
	documentationUrl =
		'https://github.com/n8n-nodes-microsoft365/n8n-nodes-microsoft365/blob/main/docs/admin-guide.md#which-credential';
	icon = {
		light: 'file:../icons/microsoft365.svg',
		dark: 'file:../icons/microsoft365.dark.svg',
	} satisfies Icon;
	properties: INodeProperties[] = [
		...environmentFields,
		outlookUrlField,
		...tenantFields('application'),
		...clientFields,
		...adminConsentFields,
	];
}
