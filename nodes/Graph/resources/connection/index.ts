import { defineResource } from '../../../kit/resource';
import { check } from './check.operation';
import { getAdminConsentUrl } from './getAdminConsentUrl.operation';
import { getPermissions } from './getPermissions.operation';

export const connection = defineResource({
	name: 'Connection',
	value: 'connection',
	description: 'Who is connected, what works and what is missing',
	operations: [check, getAdminConsentUrl, getPermissions],
});
