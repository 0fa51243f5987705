import { microsoft365AppOnlyTest } from '../../kit/credentialTests';
import { triggerMethods } from '../methods';

/** What n8n calls while the form of a trigger on Microsoft Graph is filled in. */
export const formMethods = {
	...triggerMethods,
	credentialTest: { microsoft365AppOnlyTest },
};
