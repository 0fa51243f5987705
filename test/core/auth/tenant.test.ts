import { checkTenant } from '../../../core/auth/tenant';
import { CloudSettingError } from '../../../core/clouds';

const guid = '8EAEF023-2b34-4da1-9baa-8bc8c9d6a490';

describe('checkTenant', () => {
	it.each([
		'common',
		'organizations',
		'consumers',
		guid,
		'contoso.onmicrosoft.com',
		'a.b-c.xn--p1ai',
	])('takes %s for a person', (tenant) => {
		expect(checkTenant(` ${tenant} `, 'delegated')).toBe(tenant);
	});

	it('takes nothing as common for a person', () => {
		expect(checkTenant('', 'delegated')).toBe('common');
	});

	it.each([guid, 'contoso.com'])('takes %s for an app', (tenant) => {
		expect(checkTenant(tenant, 'application')).toBe(tenant);
	});

	it.each(['common', 'Organizations', 'consumers'])(
		'refuses %s for an app and says why',
		(tenant) => {
			expect(() => checkTenant(tenant, 'application')).toThrow(/in one tenant.*stands for many/);
		},
	);

	it.each([
		'contoso',
		'contoso.',
		'a/b.com',
		'../x.com',
		'a.com?x',
		'a.com#x',
		'a b.com',
		`${guid}0`,
		'a..com',
	])('refuses "%s"', (tenant) => {
		for (const kind of ['delegated', 'application'] as const) {
			expect(() => checkTenant(tenant, kind)).toThrow(CloudSettingError);
		}
	});

	it('refuses an empty tenant for an app', () => {
		expect(() => checkTenant(' ', 'application')).toThrow(/empty/);
	});
});
