import { text } from '../../kit/fields/values';

export const permissionField = text('permission', {
	displayName: 'Permission ID',
	required: true,
	placeholder: 'e.g. {{ $json.id }}',
	description: 'As Get Permissions, Create Link and Invite return it',
});

export const versionField = text('version', {
	displayName: 'Version ID',
	required: true,
	placeholder: 'e.g. 3.0',
	description: 'As the Get Many operation returns it',
});
