import { permissionFacts } from '../../core/permissionFacts';
import {
	covers,
	missingPermissions,
	sharedForm,
	whoCanGrant,
	withoutCovered,
} from '../../core/permissions';
import { catalog } from '../../nodes/catalog';

describe('covers', () => {
	it.each([
		['Mail.ReadWrite', 'Mail.ReadBasic'],
		['Mail.ReadWrite.Shared', 'Mail.Read'],
		['Calendars.ReadWrite.Shared', 'Calendars.Read.Shared'],
		['Sites.FullControl.All', 'Files.Read'],
		['Sites.Read.All', 'Files.Read.All'],
		['Group.ReadWrite.All', 'GroupMember.Read.All'],
		['User.Read.All', 'User.Read'],
		['Directory.Read.All', 'Application.Read.All'],
		['Anything.New', 'Anything.New'],
	])('%s: %s', (held, wanted) => {
		expect(covers(held, wanted, 'delegated')).toBe(true);
	});

	it.each([
		['Mail.Read', 'Mail.ReadWrite'],
		['Mail.ReadWrite', 'Mail.Send'],
		['Mail.ReadWrite', 'Mail.Read.Shared'],
		['Mail.ReadWrite', 'MailboxSettings.Read'],
		['Files.ReadWrite.All', 'Sites.Read.All'],
		['Sites.Read.All', 'Files.ReadWrite'],
		['User.Read', 'User.ReadBasic.All'],
		['Sites.ReadWrite.All', 'Sites.Manage.All'],
	])('%s: not %s', (held, wanted) => {
		expect(covers(held, wanted, 'delegated')).toBe(false);
	});

	it('lets apps that write in sites make lists', () => {
		expect(covers('Sites.ReadWrite.All', 'Sites.Manage.All', 'application')).toBe(true);
	});
});

it('names what is missing, in the order of need', () => {
	const granted = ['openid', 'https://graph.microsoft.com/Mail.ReadWrite'];
	expect(missingPermissions('Mail.Read Mail.Send', granted, 'delegated')).toEqual(['Mail.Send']);
	expect(missingPermissions('', granted, 'delegated')).toEqual([]);
	expect(missingPermissions('Mail.Read', [], 'application')).toEqual(['Mail.Read']);
});

it('leaves out what others cover', () => {
	expect(
		withoutCovered(['Mail.Read', 'Mail.Send', 'Mail.ReadWrite', 'Mail.Read'], 'delegated'),
	).toEqual(['Mail.ReadWrite', 'Mail.Send']);
});

it('knows the forms for shared mailboxes', () => {
	expect(sharedForm('Mail.Send')).toBe('Mail.Send.Shared');
	expect(sharedForm('Calendars.Read')).toBe('Calendars.Read.Shared');
	for (const name of ['Calendars.ReadBasic', 'MailboxSettings.Read', 'Files.Read.All']) {
		expect(sharedForm(name)).toBeUndefined();
	}
	expect(sharedForm('Mail.Read.Shared')).toBeUndefined();
});

it('tells who can grant', () => {
	expect(whoCanGrant('Mail.Read', 'delegated')).toBe('user');
	expect(whoCanGrant('Group.Read.All', 'delegated')).toBe('admin');
	expect(whoCanGrant('Mail.Read', 'application')).toBe('admin');
});

describe('ids', () => {
	const all = Object.values(permissionFacts).flatMap(({ scopeId, roleId }) => [scopeId, roleId]);

	it('are GUIDs, each of one permission', () => {
		const known = all.filter((id) => id !== undefined);
		expect(known.length).toBeGreaterThan(40);
		expect(new Set(known).size).toBe(known.length);
		for (const id of known) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	});

	it('are known of everything that the operations need', () => {
		for (const identity of ['delegated', 'application'] as const) {
			const names = catalog.flatMap(({ operation }) =>
				(operation.permissions[identity] ?? '').split(' ').filter(Boolean),
			);
			const unknown = [...new Set(names)].filter((name) => {
				const facts = permissionFacts[name];
				return (identity === 'delegated' ? facts?.scopeId : facts?.roleId) === undefined;
			});
			// Its id wasn't found in a source of Microsoft's.
			expect(unknown).toEqual(identity === 'application' ? ['Directory.Read.All'] : []);
		}
	});
});
