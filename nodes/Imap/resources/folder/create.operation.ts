import { choice, text } from '../../../kit/fields/values';
import { imapFolder } from '../../../kit/imap/folderField';
import { showWhen } from '../../../kit/field';
import { item } from '../../../kit/operation';
import { MailServerError } from '../../../../core/mail/MailServerError';
import { folderOutput } from '../../folderOutput';
import { pathUnder } from '../../folderName';
import { defineImapOperation, imapPermissions } from '../../imap';

export const create = defineImapOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a folder',
	description: 'Add a folder to the mailbox, at the top or in another folder',
	permissions: imapPermissions,
	properties: [
		text('name', { displayName: 'Name', required: true, placeholder: 'e.g. Invoices' }),
		choice('where', {
			displayName: 'Where',
			options: [
				{ name: 'At the Top', value: 'top' },
				{ name: 'In Another Folder', value: 'folder' },
			],
			default: 'top',
		}),
		showWhen(imapFolder('parent', { displayName: 'Parent Folder' }), { where: ['folder'] }),
		choice('whenExists', {
			displayName: 'When It Exists',
			options: [
				{ name: 'Fail', value: 'fail' },
				{ name: 'Use It', value: 'reuse' },
			],
			default: 'fail',
		}),
	],
	execute: async ({ imap, folders, params }) => {
		const { name, parent, whenExists } = params;
		const known = await folders.list();
		const within = parent === undefined ? undefined : await folders.find(parent);
		const delimiter = (within ?? known[0])?.delimiter ?? '/';
		const path = pathUnder(within?.path ?? '', name, delimiter, 'Name');
		const { created } = await imap.use(async (session) =>
			session.run(async (client) => await client.mailboxCreate(path), path),
		);
		folders.forget();
		if (!created && whenExists === 'fail') {
			throw new MailServerError(`The folder "${path}" exists already`, {
				code: 'folder_exists',
				nextStep: 'Choose another name, or "Use It" under When It Exists.',
			});
		}
		return [item({ ...folderOutput(await folders.find(path)), created })];
	},
});
