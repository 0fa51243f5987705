import { Microsoft365MailOAuth2Api } from '../../credentials/Microsoft365MailOAuth2Api.credentials';
import { resolveCredential } from './resolveCredential';

const type = new Microsoft365MailOAuth2Api();
const resolve = (entered: Record<string, string | boolean | string[]> = {}) =>
	resolveCredential(type, { clientId: 'an-app', clientSecret: 'hush', ...entered });

const outlook = 'https://outlook.office.com';

describe('Microsoft365MailOAuth2Api', () => {
	it('extends the OAuth2 credential that n8n keeps and renews', () => {
		expect(type.extends).toEqual(['oAuth2Api']);
		expect(resolve()).toMatchObject({
			grantType: 'authorizationCode',
			authentication: 'body',
			authUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
			accessTokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
		});
	});

	it.each([
		['read', `${outlook}/IMAP.AccessAsUser.All offline_access`],
		['send', `${outlook}/SMTP.Send offline_access`],
		['both', `${outlook}/IMAP.AccessAsUser.All ${outlook}/SMTP.Send offline_access`],
	])('asks for the permissions of its purpose alone: %s', (purpose, scope) => {
		expect(resolve({ purpose }).scope).toBe(scope);
	});

	it.each([
		['usGovL4', 'https://outlook.office365.us'],
		['usGovL5', 'https://outlook-dod.office365.us'],
		['china', 'https://partner.outlook.cn'],
	])("asks the environment's own Outlook: %s", (environment, resource) => {
		expect(resolve({ environment, purpose: 'send' }).scope).toBe(
			`${resource}/SMTP.Send offline_access`,
		);
	});

	it("asks a custom environment's Outlook, and Office 365's where none is named", () => {
		const custom = {
			environment: 'custom',
			customLoginUrl: 'https://login.example.com',
			purpose: 'read',
		};
		expect(resolve(custom).scope).toBe(`${outlook}/IMAP.AccessAsUser.All offline_access`);
		expect(resolve({ ...custom, customOutlookUrl: ' https://outlook.example.com/ ' }).scope).toBe(
			'https://outlook.example.com/IMAP.AccessAsUser.All offline_access',
		);
	});

	it('tells the servers of each environment, and which nobody has tried', () => {
		const notices = type.properties.filter(({ name }) => name.startsWith('mailServers_'));
		const texts = Object.fromEntries(
			notices.map(({ name, displayName }) => [name.replace('mailServers_', ''), displayName]),
		);
		expect(texts).toEqual({
			global: 'IMAP: outlook.office365.com, port 993. SMTP: smtp.office365.com, port 587.',
			usGovL4: expect.stringMatching(/^IMAP: outlook\.office365\.us, .*Not verified/) as string,
			usGovL5: expect.stringMatching(/^IMAP: outlook-dod\.office365\.us, .*Not verified/) as string,
			china: expect.stringMatching(/^IMAP: partner\.outlook\.cn, .*Not verified/) as string,
		});
	});
});
