import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { connectMail, type MailContext } from '../../../nodes/kit/mailConnect';

type Data = ICredentialDataDecryptedObject;

const app: Data = {
	environment: 'global',
	tenantId: '8eaef023-2b34-4da1-9baa-8bc8c9d6a490',
	clientId: 'a-client',
	clientSecret: 'a-secret',
};

const jwt = (claims: object): string =>
	['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'x'].join('.');

const anasToken = jwt({ upn: 'ana@contoso.example', scp: 'SMTP.Send' });

const person = (more: Data = {}): Data => ({
	...app,
	purpose: 'both',
	oauthTokenData: { access_token: anasToken },
	...more,
});

/** The parts of n8n's contexts by which they differ. */
const contexts = {
	execute: (parameters: Data) => ({
		getInputData: () => [],
		getNodeParameter: (name: string, _itemIndex: number, fallback: unknown) =>
			parameters[name] ?? fallback,
	}),
	trigger: (parameters: Data) => ({
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
	}),
	loadOptions: (parameters: Data) => ({
		getCurrentNodeParameter: (name: string) => parameters[name],
	}),
} as const;

function contextOf(
	kind: keyof typeof contexts,
	credential: Data,
	parameters: Data = {},
	renewed?: string,
): MailContext {
	return {
		...contexts[kind](parameters),
		getCredentials: async (name: string) =>
			await Promise.resolve({ ...credential, usedCredential: name }),
		getNode: () => ({ name: 'Mail', credentials: {} }),
		getRestApiUrl: () => 'https://n8n.example.com/rest',
		helpers: {
			refreshOAuth2Token: async () => await Promise.resolve({ access_token: renewed }),
		},
	} as unknown as MailContext;
}

const kinds = Object.keys(contexts) as Array<keyof typeof contexts>;

describe('connectMail', () => {
	it.each(kinds)("opens the signed-in person's mailbox, in %s", async (kind) => {
		const login = await connectMail(contextOf(kind, person()), 'imap');
		expect(login).toMatchObject({
			server: { host: 'outlook.office365.com', port: 993, security: 'tls' },
			mailbox: 'ana@contoso.example',
			tokens: { kind: 'delegated' },
		});
		await expect(login.tokens.getToken()).resolves.toBe(anasToken);
	});

	it.each(kinds)('opens the mailbox that the app is given, in %s', async (kind) => {
		const parameters = { authentication: 'application', mailbox: ' support@contoso.example ' };
		await expect(connectMail(contextOf(kind, app, parameters), 'smtp')).resolves.toMatchObject({
			server: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
			mailbox: 'support@contoso.example',
			tokens: { kind: 'application' },
		});
	});

	it('opens a shared mailbox where the credential names one', async () => {
		const context = contextOf('execute', person({ mailbox: 'support@contoso.example' }));
		await expect(connectMail(context, 'imap')).resolves.toMatchObject({
			mailbox: 'support@contoso.example',
		});
	});

	it("reads whose mailbox it is from the sign-in's ID token where the access token is opaque", async () => {
		const oauthTokenData = {
			access_token: 'EwBwA8l6',
			id_token: jwt({ preferred_username: 'me@outlook.example' }),
		};
		const context = contextOf('execute', person({ oauthTokenData }));
		await expect(connectMail(context, 'imap')).resolves.toMatchObject({
			mailbox: 'me@outlook.example',
		});
	});

	it('asks for the mailbox where nothing tells it', async () => {
		const context = contextOf('execute', person({ oauthTokenData: { access_token: 'EwBwA8l6' } }));
		await expect(connectMail(context, 'imap')).rejects.toMatchObject({
			code: 'mailbox_unknown',
			nextStep: expect.stringContaining('Mailbox in the credential') as string,
		});
	});

	it('renews a token that runs out through n8n', async () => {
		const oauthTokenData = {
			access_token: anasToken,
			refresh_token: 'r',
			n8n_expires_at: String(Date.now() + 10_000),
		};
		const renewed = jwt({ upn: 'ana@contoso.example', n: 2 });
		const context = contextOf('trigger', person({ oauthTokenData }), {}, renewed);
		const login = await connectMail(context, 'imap');
		await expect(login.tokens.getToken()).resolves.toBe(renewed);
	});

	it('goes to other servers where the credential says so, and only then', async () => {
		const hosts = { imapHost: 'imap://mail.example.com', smtpHost: 'relay.example.com:2525' };
		const change = async (otherServers: boolean) => {
			const context = contextOf('execute', person({ ...hosts, otherServers }));
			return [
				(await connectMail(context, 'imap')).server,
				(await connectMail(context, 'smtp')).server,
			];
		};
		expect(await change(true)).toEqual([
			{ host: 'mail.example.com', port: 143, security: 'starttls' },
			{ host: 'relay.example.com', port: 2525, security: 'starttls' },
		]);
		expect(await change(false)).toMatchObject([
			{ host: 'outlook.office365.com' },
			{ host: 'smtp.office365.com' },
		]);
	});

	it.each([
		['send', 'imap', /for sending mail only/],
		['read', 'smtp', /for reading mail only/],
	] as const)(
		'refuses a credential for %s where %s is needed',
		async (purpose, protocol, message) => {
			const context = contextOf('execute', person({ purpose }));
			await expect(connectMail(context, protocol)).rejects.toThrow(message);
		},
	);

	it.each(['', 'support', 'a@b.example, c@d.example', 'a@b.example\u0001auth=Bearer x'])(
		'takes no mailbox like %j',
		async (mailbox) => {
			const parameters = { authentication: 'application', mailbox };
			await expect(
				connectMail(contextOf('execute', app, parameters), 'imap'),
			).rejects.toMatchObject({
				name: 'ParameterError',
				message: expect.stringMatching(/^Mailbox: is /) as string,
			});
		},
	);
});
