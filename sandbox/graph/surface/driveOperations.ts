import type { OperationModel, ParameterModel, TypeReference } from './model';

const item = 'microsoft.graph.driveItem';
const recipients = 'Collection(microsoft.graph.driveRecipient)';
const texts = 'Collection(Edm.String)';

type Parameters = Readonly<Record<string, TypeReference>>;

/**
 * Operations of files. No published package has them, so where Microsoft's metadata is missing
 * they come from here; a test holds them against it where it is there.
 */
export const driveOperations: readonly OperationModel[] = [
	action('checkin', item, { checkInAs: 'Edm.String', comment: 'Edm.String' }),
	action('checkout', item, {}),
	action(
		'copy',
		item,
		{
			name: 'Edm.String',
			parentReference: 'microsoft.graph.itemReference',
			childrenOnly: 'Edm.Boolean',
			includeAllVersionHistory: 'Edm.Boolean',
		},
		item,
	),
	action(
		'createLink',
		item,
		{
			type: 'Edm.String',
			scope: 'Edm.String',
			expirationDateTime: 'Edm.DateTimeOffset',
			password: 'Edm.String',
			message: 'Edm.String',
			recipients,
			retainInheritedPermissions: 'Edm.Boolean',
			sendNotification: 'Edm.Boolean',
		},
		'microsoft.graph.permission',
	),
	action(
		'createUploadSession',
		item,
		{ item: 'microsoft.graph.driveItemUploadableProperties', deferCommit: 'Edm.Boolean' },
		'microsoft.graph.uploadSession',
	),
	action('discardCheckout', item, {}),
	action(
		'invite',
		item,
		{
			requireSignIn: 'Edm.Boolean',
			roles: texts,
			sendInvitation: 'Edm.Boolean',
			message: 'Edm.String',
			recipients,
			retainInheritedPermissions: 'Edm.Boolean',
			expirationDateTime: 'Edm.String',
			password: 'Edm.String',
		},
		'Collection(microsoft.graph.permission)',
	),
	action('permanentDelete', item, {}),
	action(
		'preview',
		item,
		{ page: 'Edm.String', zoom: 'Edm.Double' },
		'microsoft.graph.itemPreviewInfo',
	),
	action('restoreVersion', 'microsoft.graph.driveItemVersion', {}),
	listFunction('delta', {}),
	listFunction('delta', { token: 'Edm.String' }),
	listFunction('search', { q: 'Edm.String' }),
];

function action(
	name: string,
	boundTo: TypeReference,
	given: Parameters,
	returns?: TypeReference,
): OperationModel {
	const parameters = parametersOf(given);
	return { kind: 'action', name, boundTo, parameters, ...(returns !== undefined && { returns }) };
}

function listFunction(name: string, given: Parameters): OperationModel {
	const parameters = parametersOf(given);
	return { kind: 'function', name, boundTo: item, parameters, returns: `Collection(${item})` };
}

function parametersOf(given: Parameters): ParameterModel[] {
	return Object.entries(given).map(([name, type]) => ({ name, type, isRequired: false }));
}
