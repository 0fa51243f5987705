import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { describeWithDovecot } from '../../../support/mailServers';
import { ana, eventually, mime, pause } from '../../../core/mail/watchHarness';
import { firstJson, useImapTrigger } from './imapInstallation';

jest.setTimeout(60_000);

const corpusFolder = path.join(__dirname, '../../../core/mail/mime');

describeWithDovecot('output of the Microsoft 365 IMAP Trigger', () => {
	const tools = useImapTrigger();

	const withFiles = [
		'From: ben@contoso.example',
		`To: ${ana}`,
		'Subject: With files',
		'MIME-Version: 1.0',
		'Content-Type: multipart/mixed; boundary=b',
		'',
		'--b',
		'Content-Type: text/html',
		'',
		'<p>See <b>both</b></p>',
		'--b',
		'Content-Type: text/csv; name=a.csv',
		'Content-Disposition: attachment; filename=a.csv',
		'',
		'1;2',
		'--b',
		'Content-Type: application/pdf; name=b.pdf',
		'Content-Disposition: attachment; filename=b.pdf',
		'Content-Transfer-Encoding: base64',
		'',
		Buffer.from('%PDF').toString('base64'),
		'--b--',
		'',
	].join('\r\n');

	const run = async (output: string, content: string, options: INodeParameters = {}) => {
		const n8n = await tools.install({ output, options });
		await n8n.activate();
		await tools.deliver(content);
		await eventually(() => n8n.runs.length === 1);
		return { n8n, item: n8n.runs[0]?.items[0] };
	};

	it('is the headers alone', async () => {
		const { item } = await run('headers', withFiles);
		expect(item?.json).toMatchObject({
			subject: 'With files',
			headers: { 'mime-version': '1.0' },
		});
		for (const key of ['text', 'html', 'attachments', 'defects']) {
			expect(item?.json).not.toHaveProperty(key);
		}
		expect(item).not.toHaveProperty('binary');
	});

	it('is the text, with a list of the attachments', async () => {
		const { item } = await run('text', withFiles);
		expect(item?.json).toMatchObject({
			text: 'See both',
			html: '<p>See <b>both</b></p>',
			hasAttachments: true,
			attachments: [{ fileName: 'a.csv' }, { fileName: 'b.pdf', size: 4 }],
		});
		expect(item).not.toHaveProperty('binary');
	});

	it('has the attachments as files of the run', async () => {
		const { n8n, item } = await run('attachments', withFiles);
		expect(item?.json['attachments']).toMatchObject([
			{ fileName: 'a.csv', field: 'data_0' },
			{ fileName: 'b.pdf', field: 'data_1' },
		]);
		expect(n8n.content(item?.binary?.['data_0']).toString()).toBe('1;2');
		expect(n8n.content(item?.binary?.['data_1']).toString()).toBe('%PDF');
		expect(item?.binary?.['data_1']).toMatchObject({
			fileName: 'b.pdf',
			mimeType: 'application/pdf',
		});
	});

	it('has the raw message, byte for byte', async () => {
		const { n8n, item } = await run('raw', withFiles);
		expect(n8n.content(item?.binary?.['data']).toString()).toBe(withFiles);
		expect(item?.binary?.['data']).toMatchObject({
			fileName: 'With files.eml',
			mimeType: 'message/rfc822',
		});
		expect(item?.json).toMatchObject({ subject: 'With files' });
	});

	it('says what was left out of a message that is too large', async () => {
		const large = withFiles.replace(
			Buffer.from('%PDF').toString('base64'),
			`${'QUJD'.repeat(19)}\r\n`.repeat(20_000),
		);
		const { n8n, item } = await run('attachments', large, { maxMegabytes: 1 });
		expect(item?.json).toMatchObject({ html: '<p>See <b>both</b></p>' });
		expect(item?.json['defects']).toEqual([
			expect.stringContaining('the first 1 MB of it were fetched'),
		]);
		expect(Object.keys(item?.binary ?? {})).toEqual(['data_0']);
		expect(n8n.content(item?.binary?.['data_0']).toString()).toBe('1;2');
		expect(item?.json['attachments']).toMatchObject([
			{ fileName: 'a.csv', field: 'data_0' },
			{ fileName: 'b.pdf' },
		]);
		expect((item?.json['attachments'] as object[])[1]).not.toHaveProperty('field');
	});

	it('is an item for each damaged message, and the trigger goes on', async () => {
		const files = readdirSync(corpusFolder).filter((name) => name.endsWith('.eml'));
		expect(files.length).toBeGreaterThan(20);
		const n8n = await tools.install({ output: 'attachments' });
		await n8n.activate();
		for (const name of files) await tools.deliver(readFileSync(path.join(corpusFolder, name)));
		await tools.deliver(mime('A good one'));
		await eventually(() => n8n.runs.length === files.length + 1);
		await pause(200);
		expect(n8n.failures).toEqual([]);
		expect(n8n.runs.map(({ items }) => items.length)).toEqual(n8n.runs.map(() => 1));
		expect(firstJson(n8n, files.length)).toMatchObject({ subject: 'A good one' });
		const readable = n8n.runs.filter((_, index) => {
			const { sizeBytes, subject, defects } = firstJson(n8n, index);
			return Number(sizeBytes) > 0 && (subject !== '' || Array.isArray(defects));
		});
		// The empty one has no size, and says what is missing all the same.
		expect(readable.length).toBeGreaterThanOrEqual(files.length);
	});
});
