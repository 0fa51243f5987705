import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ConnectableContext } from '../../../nodes/kit/connect';
import { readConnection } from '../../../nodes/kit/connection';
import { delegatedTokens } from '../../../nodes/kit/tokens';

type Stored = Readonly<Record<string, string>>;

const inAnHour = () => String(Date.now() + 3_600_000);
const soon = () => String(Date.now() + 30_000);

const connection = readConnection('delegated', {
	environment: 'global',
	tenantId: 'common',
	clientId: 'a-client',
	clientSecret: 'a-secret',
	scope: 'Mail.Read offline_access',
});

/** n8n's side: a stored token, and what its renewal brings or throws. */
function fakeN8n(
	stored: Stored | undefined,
	renewals: Array<Stored | Error> = [],
	random: () => number = () => 0,
) {
	const state = { stored, reads: 0, renewals: 0 };
	const context = {
		getCredentials: async () => {
			state.reads += 1;
			return await Promise.resolve({
				oauthTokenData: state.stored,
			} as ICredentialDataDecryptedObject);
		},
		getRestApiUrl: () => 'https://n8n.example.com/rest',
		getNode: () => ({ credentials: { microsoft365OAuth2Api: { id: 'one', name: 'One' } } }),
		helpers: {
			refreshOAuth2Token: async () => {
				state.renewals += 1;
				const next = await Promise.resolve(renewals.shift());
				if (next === undefined) throw new Error('Asked for a renewal that was not expected');
				if (next instanceof Error) throw next;
				state.stored = next;
				return next;
			},
		},
	} as unknown as ConnectableContext;
	const another = () =>
		delegatedTokens(context, 'microsoft365OAuth2Api', connection, { send, random });
	return { state, tokens: another(), another };
}

let sent: string[] = [];
const send = async ({ url, body }: { url: string; body?: { kind: string; value?: unknown } }) => {
	sent.push(`${url.split('?')[0]} ${String(body?.value)}`);
	if (url.includes('/authorize?')) return { status: 200, headers: {}, body: 'Sign in' };
	return await Promise.resolve({
		status: 400,
		headers: {},
		body: { error: 'invalid_grant', error_description: 'AADSTS50057: The account is disabled.' },
	});
};

beforeEach(() => {
	sent = [];
});

describe('delegatedTokens', () => {
	it('uses the stored token, reading it once', async () => {
		const { state, tokens } = fakeN8n({ access_token: 'stored', n8n_expires_at: inAnHour() });
		await expect(tokens.getToken()).resolves.toBe('stored');
		await expect(tokens.getToken()).resolves.toBe('stored');
		expect(state).toMatchObject({ reads: 1, renewals: 0 });
	});

	it('takes a token without a known end as good', async () => {
		const { state, tokens } = fakeN8n({ access_token: 'stored' });
		await expect(tokens.getToken()).resolves.toBe('stored');
		expect(state.renewals).toBe(0);
	});

	it('renews one that ends within a minute, once for all who ask', async () => {
		const { state, tokens } = fakeN8n(
			{ access_token: 'old', refresh_token: 'r', n8n_expires_at: soon() },
			[{ access_token: 'new', refresh_token: 'r2', n8n_expires_at: inAnHour() }],
		);
		await expect(Promise.all([tokens.getToken(), tokens.getToken()])).resolves.toEqual([
			'new',
			'new',
		]);
		expect(state.renewals).toBe(1);
	});

	it('renews once for all runs of the process', async () => {
		const { state, tokens, another } = fakeN8n(
			{ access_token: 'old', refresh_token: 'r', n8n_expires_at: soon() },
			[{ access_token: 'new', refresh_token: 'r2', n8n_expires_at: inAnHour() }],
		);
		await expect(Promise.all([tokens.getToken(), another().getToken()])).resolves.toEqual([
			'new',
			'new',
		]);
		expect(state.renewals).toBe(1);
	});

	it('renews up to five minutes early, at a moment that differs from run to run', async () => {
		const inFourMinutes = String(Date.now() + 4 * 60_000);
		const stored = { access_token: 'old', refresh_token: 'r', n8n_expires_at: inFourMinutes };
		const early = fakeN8n(stored, [{ access_token: 'new' }], () => 0.99);
		await expect(early.tokens.getToken()).resolves.toBe('new');
		const late = fakeN8n(stored, [], () => 0.5);
		await expect(late.tokens.getToken()).resolves.toBe('old');
	});

	it('renews a refused token once for all who were refused', async () => {
		const { state, tokens } = fakeN8n({ access_token: 'old', refresh_token: 'r' }, [
			{ access_token: 'new' },
		]);
		await tokens.getToken();
		await expect(Promise.all([tokens.renew('old'), tokens.renew('old')])).resolves.toEqual([
			'new',
			'new',
		]);
		await expect(tokens.renew('old')).resolves.toBe('new');
		expect(state.renewals).toBe(1);
	});

	it('takes the token that another workflow has renewed meanwhile', async () => {
		const { state, tokens } = fakeN8n({ access_token: 'old', refresh_token: 'r' });
		await tokens.getToken();
		state.stored = { access_token: 'theirs', n8n_expires_at: inAnHour() };
		await expect(tokens.renew('old')).resolves.toBe('theirs');
		expect(state.renewals).toBe(0);
	});

	it('says that nobody has connected', async () => {
		const { tokens } = fakeN8n(undefined);
		await expect(tokens.getToken()).rejects.toMatchObject({ code: 'not_connected' });
	});

	it('says that offline_access is missing', async () => {
		const { tokens } = fakeN8n({ access_token: 'old', n8n_expires_at: soon() });
		await expect(tokens.getToken()).rejects.toMatchObject({
			code: 'no_refresh_token',
			nextStep: expect.stringContaining('offline_access') as string,
		});
	});

	it("finds the reason behind n8n's own text, once a provider", async () => {
		const { state, tokens } = fakeN8n(
			{ access_token: 'old', refresh_token: 'the-refresh-token', n8n_expires_at: soon() },
			[new Error('The credential "Mail" needs to be reconnected.')],
		);
		await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AADSTS50057' });
		await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AADSTS50057' });
		await expect(tokens.renew('old')).rejects.toMatchObject({ code: 'AADSTS50057' });
		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatch(
			/^https:\/\/login\.microsoftonline\.com\/common\/oauth2\/v2\.0\/token .*the-refresh-token/,
		);
		expect(state.renewals).toBe(1);
	});

	it("explains Microsoft's answer that n8n passes on", async () => {
		const refusal = Object.assign(new Error('Client authentication failed'), {
			body: {
				error: 'invalid_client',
				error_description: 'AADSTS7000222: The secret has expired.',
			},
		});
		const { tokens } = fakeN8n({ access_token: 'o', refresh_token: 'r', n8n_expires_at: soon() }, [
			refusal,
		]);
		await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AADSTS7000222' });
		expect(sent).toHaveLength(0);
	});

	it('tries again after a failure of the network', async () => {
		const { tokens } = fakeN8n({ access_token: 'o', refresh_token: 'r', n8n_expires_at: soon() }, [
			new Error('connect ECONNRESET'),
			{ access_token: 'new' },
		]);
		await expect(tokens.getToken()).rejects.toThrow(/ECONNRESET/);
		await expect(tokens.getToken()).resolves.toBe('new');
	});
});
