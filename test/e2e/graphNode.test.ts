import type { Browser, Page } from 'playwright-core';
import type { N8nRest, SavedCredential } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import {
	connectAccount,
	openCredential,
	openNode,
	signedInPage,
	startBrowser,
	waitUntilConnected,
} from './support/browser';
import { createWorkflow, n8nRest, newCredential, runWorkflow } from './support/n8n';
import { advanceClock, control, person, sandbox } from './support/sandbox';

interface Report {
	readonly ok: boolean;
	readonly connection: Readonly<Record<string, unknown>>;
	readonly services: ReadonlyArray<{ service: string; state: string; result: string }>;
	readonly missingPermissions: ReadonlyArray<{ permission: string; whoCanGrant: string }>;
	readonly operations: ReadonlyArray<{ node: string; operation: string; allowed: boolean }>;
}

const anHourMs = 3_600_000;
/** Two sign-ins, an approval and four runs. */
const longTestMs = 300_000;

describe('the Graph node in a real n8n', () => {
	let rest: N8nRest;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		rest = n8nRest();
		browser = await startBrowser();
		page = await signedInPage(browser);
		await page.setViewportSize({ width: 1500, height: 1200 });
	});

	beforeEach(async () => {
		await control('login', 'POST', 'login', { reset: true });
	});

	afterAll(async () => {
		await control('login', 'POST', 'login', { reset: true });
		await browser.close();
	});

	/** A workflow of this node alone, with a person's credential. */
	const workflowWith = async (
		credential: SavedCredential,
		parameters: object,
		name = 'Graph',
	): Promise<string> =>
		await createWorkflow(rest, name, [
			{
				name: 'Graph',
				type: 'n8n-nodes-microsoft365.microsoft365Graph',
				parameters,
				credentials: { microsoft365OAuth2Api: { id: credential.id, name: credential.name } },
			},
		]);

	const check = { resource: 'connection', operation: 'check', services: ['mail'] };

	/** Presses Connect in the credential's panel and answers as a person; the window closes by itself. */
	async function connect(credential: SavedCredential, givenName: string): Promise<void> {
		await openCredential(page, credential.id);
		await connectAccount(page, { as: person(givenName) });
		await waitUntilConnected(page);
	}

	/** Runs the node in the editor and waits for what it shows. */
	async function runInEditor(workflow: string, shown: string): Promise<void> {
		await openNode(page, workflow, 'Graph');
		await page.getByTestId('node-execute-button').click();
		await page.getByText(shown).first().waitFor();
	}

	it('checks a connection: who, what works, and what is missing', async () => {
		const credential = await newCredential(rest, 'microsoft365OAuth2Api', 'Checked', {
			permissionPreset: 'mailReadOnly',
		});
		await connect(credential, 'Ana');
		const both = { ...check, services: ['mail', 'calendar'] };
		const workflow = await workflowWith(credential, both);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		const [item] = execution.items('Graph');
		const report = item?.json as unknown as Report;
		expect(report.ok).toBe(false);
		expect(report.connection).toMatchObject({
			kind: 'delegated',
			signedInAs: 'ana@contoso.example',
			tenantId: sandbox().tenantId,
			environment: 'Custom',
		});
		expect(report.services).toMatchObject([
			{ service: 'Mail', state: 'works' },
			{ service: 'Calendar', state: 'fails', result: expect.stringContaining('refuses') as string },
		]);
		expect(report.missingPermissions.map(({ permission }) => permission)).toEqual(
			expect.arrayContaining(['Mail.ReadWrite', 'Mail.Send', 'Calendars.ReadWrite']),
		);
		const allowed = report.operations.filter((row) => row.allowed);
		expect(allowed.length).toBeGreaterThan(5);
		expect(new Set(allowed.map(({ node }) => node))).toEqual(new Set(['Microsoft 365 Mail']));

		const table = await workflowWith(
			credential,
			{ ...both, output: 'operations', options: { onlyProblems: true } },
			'Check table',
		);
		await runInEditor(table, 'Mail.ReadWrite');
		await saveScreenshot(page, 'graph-check-table');
	});

	it(
		'turns green once an admin has opened the consent link',
		async () => {
			await control('login', 'POST', 'login', { userConsent: 'blocked' });
			const credential = await newCredential(rest, 'microsoft365OAuth2Api', 'To be approved');
			await openCredential(page, credential.id);
			const popup = await connectAccount(page, { as: person('Ben'), consent: 'stay' });
			await popup.getByText('AADSTS90094').first().waitFor();
			await saveScreenshot(popup, 'graph-need-admin-approval');
			await popup.close();
			const checking = await workflowWith(credential, check, 'Check before approval');
			await runInEditor(checking, 'Nobody has finished connecting an account with this credential');
			await page.getByText('send your admin this link').first().waitFor();
			await saveScreenshot(page, 'graph-check-blocked');

			const asking = await workflowWith(
				credential,
				{ resource: 'connection', operation: 'getAdminConsentUrl', options: { state: 'ticket-7' } },
				'Consent link',
			);
			const execution = await runWorkflow(rest, asking);
			expect(execution.error).toBeUndefined();
			const { url } = execution.items('Graph')[0]?.json as { url: string };
			const consent = await page.context().newPage();
			await consent.goto(url);
			await saveScreenshot(consent, 'graph-admin-consent');
			await consent.fill('input[name=loginfmt]', person('Ana').userPrincipalName);
			await consent.fill('input[name=passwd]', person('Ana').password);
			await consent.locator('#idBtn_Accept').click();
			await consent.waitForURL(({ searchParams }) => searchParams.get('admin_consent') === 'True');
			expect(new URL(consent.url()).searchParams.get('state')).toBe('ticket-7');
			await consent.close();

			await openCredential(page, credential.id);
			// Nothing is left to agree to: the sign-in alone connects.
			await connectAccount(page, { as: person('Ben'), consent: 'stay' });
			await waitUntilConnected(page);
			await runInEditor(checking, 'ben@contoso.example');
			await saveScreenshot(page, 'graph-check-green');
			const green = await runWorkflow(rest, checking);
			expect(green.error).toBeUndefined();
			expect(green.items('Graph')[0]?.json).toMatchObject({ ok: true });
		},
		longTestMs,
	);

	it('tells that the redirect URL of n8n is not registered', async () => {
		const clientId = 'f0d5a3e8-6b1a-4f7e-8d2c-51c9a4b7e050';
		await control('login', 'POST', 'apps', {
			clientId,
			clientSecret: 'sandbox~other.not-for-production',
			redirectUris: ['https://elsewhere.example/rest/oauth2-credential/callback'],
		});
		const credential = await newCredential(rest, 'microsoft365OAuth2Api', 'Wrong redirect', {
			clientId,
			clientSecret: 'sandbox~other.not-for-production',
		});
		const workflow = await workflowWith(credential, check);
		await runInEditor(workflow, 'The redirect URL of n8n is not registered in the app');
		await page.getByText('Copy OAuth Redirect URL from the credential').first().waitFor();
		await saveScreenshot(page, 'graph-wrong-redirect');
		expect((await runWorkflow(rest, workflow)).error?.description).toContain(
			'troubleshooting.md#aadsts50011',
		);
	});

	const later = [
		{
			code: 'AADSTS7000222',
			switches: () => ({ expireSecrets: [sandbox().clientId] }),
			title: 'The client secret has expired',
			step: 'Make a new secret',
		},
		{
			code: 'AADSTS65001',
			// As after an admin took the consent back.
			switches: () => ({ failTokenRequests: { code: 65001, times: 20 } }),
			title: 'Nobody has agreed to the permissions that the app asks for',
			step: 'Accept the permissions',
		},
		{
			code: 'AADSTS53003',
			switches: () => ({ conditionalAccess: 'block' }),
			title: 'A Conditional Access policy of the organization blocks this sign-in',
			step: 'The sign-in log in Entra names the policy',
		},
	];

	it.each(later)('tells $code where the credential is used', async (cause) => {
		const credential = await newCredential(rest, 'microsoft365OAuth2Api', cause.code);
		await connect(credential, 'Ana');
		const workflow = await workflowWith(credential, check, cause.code);
		expect((await runWorkflow(rest, workflow)).error).toBeUndefined();
		await control('login', 'POST', 'login', cause.switches());
		// The token has to be renewed by then.
		await advanceClock(2 * anHourMs);
		await runInEditor(workflow, cause.title);
		await page.getByText(cause.step).first().waitFor();
		await saveScreenshot(page, `graph-${cause.code.toLowerCase()}`);
		const { error } = await runWorkflow(rest, workflow);
		expect(error?.message).toBe(cause.title);
		expect(error?.description).toContain(cause.code);
		expect(error?.description).toContain(`troubleshooting.md#${cause.code.toLowerCase()}`);
	});

	it('sends any request, and lists the people who answer to a name', async () => {
		const credential = await newCredential(rest, 'microsoft365OAuth2Api', 'Requests');
		await connect(credential, 'Ana');
		const workflow = await workflowWith(
			credential,
			{ resource: 'request', operation: 'send', path: '/me?$select=displayName' },
			'Free request',
		);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Graph')[0]?.json).toMatchObject({ displayName: 'Ana Martins' });
		await openNode(page, workflow, 'Graph');
		await page.getByText('Query Parameters').first().waitFor();
		await saveScreenshot(page, 'graph-send-form');
	});
});
