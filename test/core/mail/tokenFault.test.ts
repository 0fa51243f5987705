import { findTokenFault } from '../../../core/mail/tokenFault';

const nowMs = Date.parse('2026-03-02T09:00:00Z');
const later = nowMs / 1_000 + 600;

function token(claims: object): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none' })}.${part(claims)}.`;
}

const person = { aud: 'https://outlook.office.com', exp: later, scp: 'IMAP.AccessAsUser.All' };
const app = { aud: 'https://outlook.office365.com', exp: later, roles: ['IMAP.AccessAsApp'] };

test.each([
	["a person's for IMAP", person],
	[
		'with its resource before the scope',
		{ ...person, scp: 'https://outlook.office.com/IMAP.AccessAsUser.All' },
	],
	["an app's", app],
	["by Exchange's own id", { ...app, aud: '00000002-0000-0ff1-ce00-000000000000' }],
	['of a national cloud', { ...person, aud: 'https://partner.outlook.cn' }],
])('nothing is wrong with a token %s', (_what, claims) => {
	expect(findTokenFault(token(claims), 'imap', nowMs)).toBeUndefined();
});

test.each([
	['wrong_audience', { ...person, aud: 'https://graph.microsoft.com' }],
	['wrong_audience', { ...person, aud: '00000003-0000-0000-c000-000000000000' }],
	['wrong_audience', { ...person, aud: 'https://microsoftgraph.chinacloudapi.cn' }],
	['token_expired', { ...person, exp: nowMs / 1_000 }],
	['missing_scope', { ...person, scp: 'SMTP.Send' }],
	['missing_role', { ...app, roles: ['SMTP.SendAsApp'] }],
	['missing_role', { ...app, roles: undefined }],
])('%s', (code, claims) => {
	const fault = findTokenFault(token(claims), 'imap', nowMs);
	expect(fault?.code).toBe(code);
	expect(fault?.nextStep.length).toBeGreaterThan(30);
});

test('the same token may be good for IMAP and not for SMTP', () => {
	expect(findTokenFault(token(person), 'smtp', nowMs)?.code).toBe('missing_scope');
	expect(findTokenFault(token(app), 'smtp', nowMs)?.message).toBe(
		'The app has no permission for SMTP',
	);
});

test('of what is no JWT nothing is known', () => {
	expect(findTokenFault('opaque', 'imap', nowMs)).toBeUndefined();
});
