import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { app, callback, domain, openId, password } from './person';
import { startStandalone, type StandaloneLogin } from './standalone';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const inChromium = existsSync(executablePath) ? describe : describe.skip;

inChromium('in Chromium', () => {
	let login: StandaloneLogin;
	let browser: Browser;
	let context: BrowserContext;

	beforeAll(async () => {
		login = await startStandalone();
		browser = await chromium.launch({
			executablePath,
			args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
		});
	}, 60_000);

	beforeEach(async () => {
		context = await browser.newContext({ ignoreHTTPSErrors: true });
		// n8n's side of the redirect.
		await context.route(`${callback}**`, async (route) => await route.fulfill({ body: 'back' }));
	});

	afterEach(async () => await context.close());

	afterAll(async () => {
		await browser.close();
		await login.stop();
	});

	const authorize = (more: Record<string, string> = {}): string => {
		const query = new URLSearchParams({
			client_id: app.clientId,
			redirect_uri: callback,
			response_type: 'code',
			scope: `${openId} User.Read Mail.ReadWrite Mail.Send`,
			...more,
		});
		return `${login.url}/common/oauth2/v2.0/authorize?${query.toString()}`;
	};

	it('signs in after a wrong password, consents, and switches to another user', async () => {
		const page = await context.newPage();
		const signIn = async (name: string, secret: string): Promise<void> => {
			await page.locator('#i0116').fill(`${name}@${domain}`);
			await page.locator('#i0118').fill(secret);
			await page.locator('#idSIButton9').click();
		};
		await page.goto(authorize());
		await signIn('ben', 'wrong');
		await expect(page.locator('#passwordError').textContent()).resolves.toContain('AADSTS50126');
		await signIn('ben', password);
		await expect(page.locator('[data-permission]').count()).resolves.toBe(7);
		await page.locator('#idBtn_Accept').click();
		await page.waitForURL(`${callback}?code=*`);

		await page.goto(authorize({ prompt: 'select_account' }));
		await signIn('chloe', password);
		await page.locator('#idBtn_Cancel').click();
		await page.waitForURL(`${callback}?error=access_denied*`);
	}, 30_000);
});
