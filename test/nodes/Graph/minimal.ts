import type { INodeParameters } from 'n8n-workflow';
import { ben, byId, byName, marketing } from './graphSandbox';

const user = { user: byName(ben) };

/** The least that each operation needs. */
export const cases: Readonly<Record<string, INodeParameters>> = {
	'connection/check': { services: ['mail', 'directory'] },
	'connection/getAdminConsentUrl': {},
	'connection/getPermissions': { operations: ['mail/message/send'] },
	'group/getAll': {},
	'group/getMembers': { group: byId(marketing) },
	'request/batch': { requests: '[{"url":"/me"}]' },
	'request/send': { path: '/me' },
	'user/get': user,
	'user/getAll': {},
	'user/getDirectReports': { user: byName('ana@contoso.example') },
	'user/getGroups': user,
	'user/getManager': user,
	'user/getPhoto': user,
};
