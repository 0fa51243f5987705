import { assertAvailable } from '../../../../core/availability';
import { ParameterError } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, text, toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { folder } from '../../fields/folder';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyFolder } from '../../folderOutput';
import { ensureFolder, folderNames } from '../../folders';

const root = 'msgfolderroot';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a folder',
	description:
		'Create a folder, and the folders above it if they are missing; one that exists is returned as it is',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties: [
		mailboxField,
		text('path', {
			displayName: 'Name or Path',
			required: true,
			placeholder: 'e.g. Invoices or Inbox/Invoices/2026',
			description: 'The names of the folders from the outermost on, with slashes between them',
		}),
		folder('parent', {
			displayName: 'Inside Of',
			default: { mode: 'id', value: root },
			description: 'Where the path begins; msgfolderroot is the top of the mailbox',
		}),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('failIfExists', {
					displayName: 'Fail if It Exists',
					description: 'Whether a folder that is there already is an error',
				}),
				toggle('isHidden', {
					displayName: 'Hidden',
					description: 'Whether Outlook does not show the folder; fixed when it is created',
				}),
			],
		}),
	],
	execute: async ({ graph, params }) => {
		const { failIfExists = false, isHidden = false } = params.options;
		if (isHidden) assertAvailable('mailFolder.isHidden', graph.cloud);
		const names = folderNames(params.path);
		if (names.length === 0) {
			throw new ParameterError(
				'Name or Path',
				'has no name in it',
				'Enter one like Inbox/Invoices.',
			);
		}
		const { folder: made, created } = await ensureFolder(graph, {
			mailbox: params.mailbox,
			parentId: params.parent.toLowerCase() === root ? undefined : params.parent,
			names,
			isHidden,
		});
		if (!created && failIfExists) {
			throw new ParameterError('Name or Path', `the folder "${names.join('/')}" exists already`);
		}
		return [item({ ...(params.simplify ? simplifyFolder(made) : made), created })];
	},
});
