import { clouds, CloudSettingError, originPattern, resolveCloud } from '../../core/clouds';

const custom = {
	environment: 'custom',
	customLoginUrl: 'https://login.example.com/',
	customGraphUrl: 'https://graph.example.com:8443',
};

describe('resolveCloud', () => {
	it.each([
		['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com', 'Prod'],
		['usGovL4', 'https://login.microsoftonline.us', 'https://graph.microsoft.us', 'Fairfax'],
		['usGovL5', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us', 'Fairfax'],
		[
			'china',
			'https://login.partner.microsoftonline.cn',
			'https://microsoftgraph.chinacloudapi.cn',
			'Mooncake',
		],
	])('knows %s', (environment, loginOrigin, graphOrigin, metadata) => {
		expect(resolveCloud({ environment })).toMatchObject({
			name: environment,
			loginOrigin,
			graphOrigin,
			metadata,
		});
	});

	it('gives origins that no path can be smuggled into', () => {
		for (const { loginOrigin, graphOrigin, outlookResource, outlookAppResource } of Object.values(
			clouds,
		)) {
			for (const origin of [loginOrigin, graphOrigin, outlookResource, outlookAppResource]) {
				expect(new URL(origin).origin).toBe(origin);
			}
		}
	});

	it('takes other mail servers for any environment, and an Outlook for a custom one', () => {
		expect(
			resolveCloud({ environment: 'usGovL4', imapHost: 'mail.example.com:1993' }),
		).toMatchObject({
			outlookResource: 'https://outlook.office365.us',
			imap: { host: 'mail.example.com', port: 1993, security: 'tls' },
			smtp: { host: 'outlook.office365.us', port: 587, security: 'starttls' },
		});
		expect(
			resolveCloud({ ...custom, customOutlookUrl: 'https://outlook.example.com/' }),
		).toMatchObject({
			outlookResource: 'https://outlook.example.com',
			outlookAppResource: 'https://outlook.example.com',
		});
		expect(resolveCloud(custom)).toMatchObject({
			outlookResource: 'https://outlook.office.com',
			outlookAppResource: 'https://outlook.office365.com',
		});
		expect(() => resolveCloud({ environment: 'global', smtpHost: 'http://x' })).toThrow(
			/SMTP Host/,
		);
	});

	it('takes custom origins, IMAP and SMTP hosts', () => {
		expect(
			resolveCloud({
				...custom,
				customImapHost: 'imap.example.com',
				customSmtpHost: 'smtp.example.com:2525',
			}),
		).toMatchObject({
			name: 'custom',
			loginOrigin: 'https://login.example.com',
			graphOrigin: 'https://graph.example.com:8443',
			imap: { host: 'imap.example.com', port: 993, security: 'tls' },
			smtp: { host: 'smtp.example.com', port: 2525, security: 'starttls' },
			metadata: 'Prod',
		});
	});

	it.each([
		['imap://localhost:1143', { host: 'localhost', port: 1143, security: 'starttls' }],
		['imaps://[::1]', { host: '::1', port: 993, security: 'tls' }],
		['', { host: '', port: 993, security: 'tls' }],
	])('reads the IMAP host "%s"', (customImapHost, server) => {
		expect(resolveCloud({ ...custom, customImapHost }).imap).toEqual(server);
	});

	it('does not send mail to Microsoft where a custom environment names no host', () => {
		expect(resolveCloud(custom).smtp.host).toBe('');
	});

	it.each(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'])(
		'takes %s, as it is on this machine',
		(customLoginUrl) => {
			expect(resolveCloud({ ...custom, customLoginUrl }).loginOrigin).toBe(customLoginUrl);
		},
	);

	it.each([
		'',
		'login.example.com',
		'http://login.example.com',
		'http://127.0.0.1.example.com',
		'http://localhost.example.com',
		'https://login.example.com/tenant',
		'https://login.example.com?x=1',
		'https://login.example.com#x',
		'https://user:secret@login.example.com',
		'https://login.example.com\\@evil.example.com',
		'ftp://login.example.com',
		'https://login.example.com:99999',
	])('refuses "%s" as the login URL, naming the field', (customLoginUrl) => {
		const resolve = () => resolveCloud({ ...custom, customLoginUrl });
		expect(resolve).toThrow(CloudSettingError);
		expect(resolve).toThrow(/Login URL/);
	});

	it('refuses a Graph URL with a path by its own field', () => {
		expect.assertions(1);
		try {
			resolveCloud({ ...custom, customGraphUrl: 'https://graph.example.com/v1.0' });
		} catch (error) {
			expect(error).toMatchObject({ field: 'customGraphUrl' });
		}
	});

	it.each(['https://imap.example.com', 'imap.example.com/inbox', 'imap.example.com:0', 'a b'])(
		'refuses "%s" as the IMAP host',
		(customImapHost) => {
			expect(() => resolveCloud({ ...custom, customImapHost })).toThrow(/IMAP Host/);
		},
	);

	it.each(['mars', 'toString', '__proto__'])('refuses the environment "%s"', (environment) => {
		expect(() => resolveCloud({ environment })).toThrow(CloudSettingError);
	});

	it('uses a pattern without flags, as n8n knows none', () => {
		expect(originPattern.flags).toBe('');
	});
});
