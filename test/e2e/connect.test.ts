import type { Browser, Page } from 'playwright-core';
import type { N8nRest, SavedCredential } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import {
	chooseOption,
	connectAccount,
	createCredentialInPanel,
	fillField,
	openCredential,
	openNode,
	signedInPage,
	startBrowser,
	waitUntilConnected,
} from './support/browser';
import {
	createWorkflow,
	n8nRest,
	newCredential,
	sandboxCredential,
	testCredential,
} from './support/n8n';
import { control, person, sandbox } from './support/sandbox';

describe('connecting Microsoft 365', () => {
	let rest: N8nRest;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		rest = n8nRest();
		browser = await startBrowser();
		page = await signedInPage(browser);
	});

	beforeEach(async () => {
		await control('login', 'POST', 'login', { forgetConsent: true });
	});

	afterAll(async () => {
		await browser.close();
	});

	it('connects a person who fills in the form, signs in and consents', async () => {
		const { loginUrl, graphUrl, tenantId, clientId, clientSecret } = sandbox();
		await createCredentialInPanel(page, 'Microsoft 365 OAuth2 API');
		await chooseOption(page, 'environment', 'Custom');
		for (const [property, value] of Object.entries({
			customLoginUrl: loginUrl,
			customGraphUrl: graphUrl,
			tenantId,
			clientId,
			clientSecret,
		})) {
			await fillField(page, property, value);
		}
		await connectAccount(page, { as: person('Ana'), screenshots: 'connect' });
		await waitUntilConnected(page);
		await saveScreenshot(page, 'connect-connected');
		const credentials = await rest.call<SavedCredential[]>('GET', '/credentials');
		const made = credentials.find(({ name }) => name.startsWith('Microsoft 365 account'));
		if (!made) throw new Error(`n8n has no new credential: ${JSON.stringify(credentials)}`);
		const { data } = await rest.call<{ data: object }>(
			'GET',
			`/credentials/${made.id}?includeData=true`,
		);
		expect(data).toMatchObject({ tenantId, oauthTokenData: expect.anything() });
	});

	it('leaves the credential unconnected when consent is refused, and says why', async () => {
		const credential = await newCredential(rest, 'microsoft365OAuth2Api', 'Refused');
		await openCredential(page, credential.id);
		const popup = await connectAccount(page, { as: person('Ben'), consent: 'cancel' });
		await popup.waitForURL(({ pathname }) => pathname.endsWith('/callback'));
		await saveScreenshot(popup, 'connect-refused');
		expect(await popup.textContent('body')).toContain('AADSTS65004');
		await popup.close();
		// n8n lets nobody else write into that window; what to do is said where the credential is used.
		const workflow = await createWorkflow(rest, 'After a refusal', [
			{
				name: 'Mail',
				type: 'n8n-nodes-microsoft365.microsoft365Mail',
				parameters: { resource: 'folder', operation: 'getAll' },
				credentials: { microsoft365OAuth2Api: { id: credential.id, name: credential.name } },
			},
		]);
		await openNode(page, workflow, 'Mail');
		await page.getByTestId('node-execute-button').click();
		await page
			.getByText('Nobody has finished connecting an account with this credential')
			.first()
			.waitFor();
		await page.getByText('If Microsoft says that an admin has to approve').first().waitFor();
		await saveScreenshot(page, 'connect-refused-node');
	});

	it('accepts an app-only credential with the right secret', async () => {
		const credential = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
		expect(await testCredential(rest, credential)).toMatchObject({ status: 'OK' });
	});

	it('tells the step that mends a wrong secret', async () => {
		const credential = await newCredential(rest, 'microsoft365AppOnlyApi', 'Wrong secret', {
			clientSecret: 'not-the-secret',
		});
		const answer = await testCredential(rest, credential);
		expect(answer.status).toBe('Error');
		expect(answer.message).toContain('AADSTS7000215');
	});
});
