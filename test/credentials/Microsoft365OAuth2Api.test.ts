import { type INodeProperties, NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { Microsoft365OAuth2Api } from '../../credentials/Microsoft365OAuth2Api.credentials';
import { resolveCredential } from './resolveCredential';

const type = new Microsoft365OAuth2Api();
const resolve = (entered: Record<string, string | boolean | string[]> = {}) =>
	resolveCredential(type, { clientId: 'an-app', clientSecret: 'hush', ...entered });

const standardScopes =
	'Mail.Read Mail.Read.Shared Mail.ReadWrite Mail.ReadWrite.Shared Mail.Send Mail.Send.Shared MailboxSettings.ReadWrite Calendars.Read Calendars.Read.Shared Calendars.ReadWrite Calendars.ReadWrite.Shared profile openid email offline_access User.Read';

describe('Microsoft 365 OAuth2 API', () => {
	it('has a field once', () => {
		const names = type.properties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('asks for exactly the standard scopes unless told otherwise', () => {
		expect(resolve()).toMatchObject({
			grantType: 'authorizationCode',
			authUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
			accessTokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
			scope: standardScopes,
			authQueryParameters: 'response_mode=query&prompt=select_account',
			authentication: 'body',
		});
	});

	it.each([
		['global', 'https://login.microsoftonline.com'],
		['usGovL4', 'https://login.microsoftonline.us'],
		['usGovL5', 'https://login.microsoftonline.us'],
		['china', 'https://login.partner.microsoftonline.cn'],
	])('signs in at %s', (environment, login) => {
		const { authUrl, accessTokenUrl, scope } = resolve({ environment, tenantId: ' contoso.com ' });
		expect(authUrl).toBe(`${login}/contoso.com/oauth2/v2.0/authorize`);
		expect(accessTokenUrl).toBe(`${login}/contoso.com/oauth2/v2.0/token`);
		expect(scope).toBe(standardScopes);
	});

	it('signs in at a custom login URL', () => {
		const { authUrl, accessTokenUrl } = resolve({
			environment: 'custom',
			customLoginUrl: 'https://localhost:8443/',
			customGraphUrl: 'https://localhost:8444',
		});
		expect(authUrl).toBe('https://localhost:8443/common/oauth2/v2.0/authorize');
		expect(accessTokenUrl).toBe('https://localhost:8443/common/oauth2/v2.0/token');
	});

	it.each(['a/b', '../common', 'contoso', 'x.com?y', 'x.com/..'])(
		'gives n8n a URL that it refuses for the tenant "%s"',
		(tenantId) => {
			const { authUrl, accessTokenUrl } = resolve({ tenantId });
			expect(new URL(String(authUrl)).protocol).toBe('tenant-id-is-neither-a-guid-nor-a-domain:');
			expect(accessTokenUrl).toBe(authUrl);
		},
	);

	it.each([
		'http://login.example.com',
		'https://login.example.com/x',
		'https://a@b.example.com',
		'',
	])('gives n8n a URL that it refuses for the login URL "%s"', (customLoginUrl) => {
		const { authUrl } = resolve({ environment: 'custom', customLoginUrl });
		expect(new URL(String(authUrl)).protocol).toBe(
			'custom-login-url-must-be-https-without-a-path:',
		);
	});

	const identity = 'profile openid email offline_access User.Read';

	it.each([
		[
			'readOnly',
			'Mail.Read Mail.Read.Shared MailboxSettings.Read Calendars.Read Calendars.Read.Shared',
		],
		[
			'mail',
			'Mail.Read Mail.Read.Shared Mail.ReadWrite Mail.ReadWrite.Shared Mail.Send Mail.Send.Shared MailboxSettings.ReadWrite',
		],
		['mailReadOnly', 'Mail.Read Mail.Read.Shared'],
		['sendMail', 'Mail.Send Mail.Send.Shared'],
		[
			'calendar',
			'Calendars.Read Calendars.Read.Shared Calendars.ReadWrite Calendars.ReadWrite.Shared',
		],
	])('asks for less with the preset %s', (permissionPreset, scopes) => {
		expect(resolve({ permissionPreset }).scope).toBe(`${scopes} ${identity}`);
	});

	it('adds what chosen services need', () => {
		expect(resolve({ services: ['files', 'sharePoint', 'teamsFiles'] }).scope).toBe(
			`${standardScopes} Files.ReadWrite.All Sites.ReadWrite.All Team.ReadBasic.All Channel.ReadBasic.All`,
		);
		expect(resolve({ permissionPreset: 'servicesOnly', services: ['files'] }).scope).toBe(
			`${identity} Files.ReadWrite.All`,
		);
	});

	it('adds services to a reading preset for reading', () => {
		expect(
			resolve({ permissionPreset: 'mailReadOnly', services: ['files', 'sharePoint'] }).scope,
		).toBe(`Mail.Read Mail.Read.Shared ${identity} Files.Read.All Sites.Read.All`);
	});

	it("adds the calendars of groups and the tenant's rooms", () => {
		const scopeOf = (permissionPreset: string) =>
			String(resolve({ permissionPreset, services: ['groupCalendars', 'rooms'] }).scope);
		expect(scopeOf('standard')).toBe(`${standardScopes} Group.ReadWrite.All Place.Read.All`);
		expect(scopeOf('readOnly')).toMatch(/ Group\.Read\.All Place\.Read\.All$/);
	});

	it('takes a free list, and lets offline_access and User.Read not get lost', () => {
		const scopeOf = (customScopes: string) =>
			resolve({ permissionPreset: 'custom', customScopes }).scope;
		expect(scopeOf('')).toBe(identity);
		expect(scopeOf(' mail.read,user.read;\n Calendars.Read Mail.Read')).toBe(
			'mail.read user.read Calendars.Read profile openid email offline_access',
		);
	});

	it('does not let services slip into a free list', () => {
		expect(
			resolve({ permissionPreset: 'custom', customScopes: 'Mail.Read', services: ['files'] }).scope,
		).toBe(`Mail.Read ${identity}`);
	});

	it('opens the admin consent page on demand, for the tenant and app entered', () => {
		expect(resolve({ adminConsent: true }).authUrl).toBe(
			'https://login.microsoftonline.com/organizations/v2.0/adminconsent',
		);
		expect(
			resolve({ adminConsent: true, environment: 'china', tenantId: 'contoso.cn' }).authUrl,
		).toBe('https://login.partner.microsoftonline.cn/contoso.cn/v2.0/adminconsent');
	});

	it("carries n8n's names for a certificate", () => {
		expect(
			resolve({ clientCredentialType: 'certificate', privateKey: 'k', certificate: 'c' }),
		).toMatchObject({ clientCredentialType: 'certificate', privateKey: 'k', certificate: 'c' });
	});
});

describe('the form', () => {
	const visible = (entered: INodeParameters) => {
		const values: INodeParameters = {
			...Object.fromEntries(type.properties.map(({ name, default: value }) => [name, value])),
			...entered,
		};
		return type.properties
			.filter((property: INodeProperties) => property.type !== 'hidden')
			.filter((property) => NodeHelpers.displayParameter(values, property, null, null))
			.map(({ name }) => name);
	};

	it('warns of a tenant that is none, and only then', () => {
		expect(visible({ tenantId: 'contoso' })).toContain('tenantIdNotice');
		for (const tenantId of ['', 'common', 'contoso.com', ' contoso.com ']) {
			expect(visible({ tenantId })).not.toContain('tenantIdNotice');
		}
	});

	it('warns of custom URLs that are no origins, and only in a custom environment', () => {
		const wrong = { customLoginUrl: 'http://x.example.com', customGraphUrl: 'https://x.com/v1.0' };
		expect(visible({ environment: 'custom', ...wrong })).toEqual(
			expect.arrayContaining(['customLoginUrlNotice', 'customGraphUrlNotice']),
		);
		expect(visible({ environment: 'global', ...wrong })).not.toContain('customLoginUrlNotice');
		expect(
			visible({ environment: 'custom', customLoginUrl: 'https://x.example.com' }),
		).not.toContain('customLoginUrlNotice');
	});

	it("shows the admin consent URL of the environment, and no other's", () => {
		const shown = visible({ environment: 'china' }).filter((name) =>
			name.startsWith('adminConsentUrl'),
		);
		expect(shown).toEqual(['adminConsentUrl_china']);
		expect(type.properties.find(({ name }) => name === 'adminConsentUrl_china')?.default).toBe(
			'https://login.partner.microsoftonline.cn/organizations/adminconsent?client_id=',
		);
	});
});
