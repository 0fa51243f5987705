import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';

const folder = resolve(__dirname, '../../../artifacts');

/** Keeps a picture of the page in artifacts/, which is ignored by git and kept by CI. */
export async function saveScreenshot(page: Page, name: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: resolve(folder, `${name}.png`), animations: 'disabled' });
}
