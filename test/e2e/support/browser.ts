import { chromium, selectors, type Browser, type Page } from 'playwright-core';
import { saveScreenshot } from './artifacts';
import { sandbox, type Person } from './sandbox';

const slowMachineTimeoutMs = 60_000;

export async function startBrowser(): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		// CI runs as root, where Chromium has no sandbox of its own; the rest keeps it off the network.
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

/** A fresh browser profile, signed in to n8n as its owner. */
export async function signedInPage(browser: Browser): Promise<Page> {
	const { n8nUrl, n8nSession } = sandbox();
	const context = await browser.newContext({
		viewport: { width: 1400, height: 950 },
		// The sandbox's certificates are from a throw-away authority.
		ignoreHTTPSErrors: true,
	});
	context.setDefaultTimeout(slowMachineTimeoutMs);
	const [name = '', value = ''] = n8nSession.split(/=(.*)/s);
	await context.addCookies([{ name, value, url: n8nUrl }]);
	const page = await context.newPage();
	await page.goto(`${n8nUrl}/home/workflows`);
	await page.getByTestId('project-name').waitFor();
	return page;
}

/** Opens a saved credential in n8n's panel. */
export async function openCredential(page: Page, credentialId: string): Promise<void> {
	await page.goto(`${sandbox().n8nUrl}/home/credentials/${credentialId}`);
	await page.getByTestId('credential-edit-dialog').waitFor();
}

/** Opens an empty credential of a type, by the name that n8n shows. */
export async function createCredentialInPanel(page: Page, typeName: string): Promise<void> {
	await page.goto(`${sandbox().n8nUrl}/home/credentials/create`);
	await page.getByTestId('new-credential-type-select').locator('input').fill(typeName);
	await page.getByText(typeName, { exact: true }).first().click();
	await page.getByTestId('new-credential-type-button').click();
	await page.getByTestId('credential-edit-dialog').waitFor();
}

/** Types into a field of the open credential, by the property's name. */
export async function fillField(page: Page, property: string, value: string): Promise<void> {
	await page.getByTestId(`parameter-input-${property}`).locator('input').fill(value);
}

/** Chooses from a dropdown of the open credential, by the property's name and the option's label. */
export async function chooseOption(page: Page, property: string, label: string): Promise<void> {
	await page.getByTestId(`parameter-input-${property}`).click();
	await page.getByRole('option', { name: label, exact: true }).click();
}

/** The panel's green line after a sign-in. */
export async function waitUntilConnected(page: Page): Promise<void> {
	await page.getByTestId('oauth-connect-success-banner').waitFor();
}

/** What the sign-in pages are to be answered with. */
export interface SignInAnswers {
	readonly as: Person;
	readonly password?: string;
	/** 'stay' leaves the window open, for pages that only tell something. */
	readonly consent?: 'accept' | 'cancel' | 'stay';
	/** Names of screenshots; none without. */
	readonly screenshots?: string;
}

/** Presses "Connect" (n8n's "Connect my account") and goes through login and consent in the window that opens. */
export async function connectAccount(page: Page, answers: SignInAnswers): Promise<Page> {
	const opening = page.waitForEvent('popup');
	await page.getByTestId('quick-connect-button').click();
	const popup = await opening;
	await popup.fill('input[name=loginfmt]', answers.as.userPrincipalName);
	await popup.fill('input[name=passwd]', answers.password ?? answers.as.password);
	if (answers.screenshots) await saveScreenshot(popup, `${answers.screenshots}-sign-in`);
	await popup.click('#idSIButton9');
	const consent = answers.consent ?? 'accept';
	if (consent === 'stay') return popup;
	const button = consent === 'accept' ? '#idBtn_Accept' : '#idBtn_Cancel';
	await popup.locator(button).waitFor();
	if (answers.screenshots) await saveScreenshot(popup, `${answers.screenshots}-consent`);
	await popup.click(button);
	return popup;
}

/** Opens a workflow in the editor. */
export async function openWorkflow(page: Page, workflowId: string): Promise<void> {
	await page.goto(`${sandbox().n8nUrl}/workflow/${workflowId}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
}

/** Opens a workflow in the editor, and one of its nodes by name. */
export async function openNode(page: Page, workflowId: string, nodeName: string): Promise<void> {
	await openWorkflow(page, workflowId);
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`).dblclick();
	await page.getByTestId('node-parameters').waitFor();
}
