import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import manifest from '../../package.json';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import { startBrowser } from './support/browser';
import { createWorkflow, n8nRest, runWorkflow } from './support/n8n';
import { sandbox } from './support/sandbox';

const projectFolder = resolve(__dirname, '../..');
const packageFolder = '.sandbox/e2e/.n8n/nodes/node_modules/n8n-nodes-microsoft365';

describe('the sandbox', () => {
	let rest: N8nRest;
	let browser: Browser;

	beforeAll(async () => {
		rest = n8nRest();
		browser = await startBrowser();
	});

	afterAll(async () => {
		await browser.close();
	});

	it('has an n8n that knows our node and credentials, with their icons', async () => {
		const types = await listTypes('nodes');
		const mail = types.find(({ name }) => name === 'n8n-nodes-microsoft365.microsoft365Mail');
		expect(mail?.displayName).toBe('Microsoft 365 Mail');
		const { light, dark } = mail?.iconUrl ?? {};
		for (const icon of [light, dark]) {
			const answer = await rest.fetch(`/${icon}`);
			expect([answer.status, answer.headers.get('content-type')]).toEqual([
				200,
				expect.stringContaining('image/svg+xml'),
			]);
		}
		const credentials = (await listTypes('credentials')).map(({ name }) => name);
		expect(credentials).toEqual(
			expect.arrayContaining(['microsoft365OAuth2Api', 'microsoft365AppOnlyApi']),
		);
	});

	it('has an owner who can sign in with a browser', async () => {
		const { n8nUrl, n8nOwner } = sandbox();
		const page = await browser.newPage();
		await page.goto(`${n8nUrl}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', n8nOwner.email);
		await page.fill('input[name=password]', n8nOwner.password);
		await page.getByTestId('form-submit-button').click();
		await page.getByTestId('project-name').waitFor();
		await saveScreenshot(page, 'n8n-signed-in');
		expect(new URL(page.url()).pathname).toBe('/home/workflows');
		await page.close();
	});

	it('runs a workflow and gives its items', async () => {
		const id = await createWorkflow(rest, 'Harness', [
			{
				name: 'Set',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: '{"answer": 42}' },
			},
		]);
		const execution = await runWorkflow(rest, id);
		expect(execution.status).toBe('success');
		expect(execution.items('Set').map(({ json }) => json)).toEqual([{ answer: 42 }]);
	});

	it('installs what n8n loads, and nothing else', () => {
		const installed = readdirSync(resolve(projectFolder, packageFolder), {
			recursive: true,
			withFileTypes: true,
		})
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) =>
				relative(resolve(projectFolder, packageFolder), join(parentPath, name)).replaceAll(
					'\\',
					'/',
				),
			)
			.filter((file) => !file.startsWith('node_modules/'));
		const { nodes, credentials } = manifest.n8n;
		expect(installed).toEqual(expect.arrayContaining([...nodes, ...credentials]));
		const others = installed.filter(
			(file) =>
				!/^(README\.md|LICENSE|package\.json|index\.js|dist\/package\.js)$/.test(file) &&
				!/^dist\/(icons\/[a-zA-Z0-9.]+\.svg|nodes\/\w+\/\w+\.node\.js(on)?|credentials\/\w+\.credentials\.js)$/.test(
					file,
				),
		);
		expect(others).toEqual([]);
	});

	it('loads the installed package fast', () => {
		const output = execFileSync(
			process.execPath,
			[resolve(projectFolder, 'scripts/measure-load.mjs'), resolve(projectFolder, packageFolder)],
			{ encoding: 'utf8' },
		);
		const { medianMs } = JSON.parse(output) as { medianMs: number };
		console.log(`n8n needs ${medianMs} ms more with the package`);
		expect(medianMs).toBeLessThan(150);
	});

	async function listTypes(kind: 'nodes' | 'credentials') {
		const answer = await rest.fetch(`/types/${kind}.json`);
		return (await answer.json()) as ReadonlyArray<{
			name: string;
			displayName: string;
			iconUrl?: { light: string; dark: string };
		}>;
	}
});
