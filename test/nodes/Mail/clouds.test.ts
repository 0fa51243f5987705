import type { INodeParameters } from 'n8n-workflow';
import { UnavailableInCloudError } from '../../../core/availability';
import { clouds } from '../../../core/clouds';
import type { BinarySource } from '../../../nodes/kit/binary';
import { newMessage } from '../../../nodes/Mail/message';
import { attachmentsFor } from '../../../nodes/kit/attachments/attach';
import { Microsoft365Mail } from '../../../nodes/Mail/Microsoft365Mail.node';
import { selectedProperties, simplifyMessage } from '../../../nodes/Mail/simplify';
import { runNode } from '../../support/runNode';

const source = (size: number): BinarySource => ({
	field: 'data',
	fileName: 'plan.pdf',
	mimeType: 'application/pdf',
	size,
	open: async () => await Promise.reject(new Error('not read')),
	buffer: async () => await Promise.reject(new Error('not read')),
});
const attach = (size: number, cloud: (typeof clouds)[keyof typeof clouds]) =>
	attachmentsFor([source(size)], { html: undefined, cloud, label: 'Attachments' });

describe('what a cloud lacks', () => {
	it('China: no flag is asked for or answered', () => {
		expect(selectedProperties(clouds.china)).not.toContain('flag');
		expect(selectedProperties(clouds.china, ['subject', 'flag'])).toEqual(['subject']);
		expect(simplifyMessage({}, { timezone: 'UTC', cloud: clouds.china })).not.toHaveProperty(
			'flag',
		);
		expect(simplifyMessage({}, { timezone: 'UTC', cloud: clouds.global })).toMatchObject({
			flag: 'notFlagged',
		});
	});

	it('China: custom headers are refused', () => {
		const params = {
			to: [],
			subject: '',
			bodyType: 'text',
			body: '',
			options: { headers: [{ name: 'x-a', value: '1' }] },
		} as const;
		expect(() => newMessage({ ...params, to: [] }, clouds.china)).toThrow(UnavailableInCloudError);
		expect(newMessage({ ...params, to: [] }, clouds.usGovL4).internetMessageHeaders).toHaveLength(
			1,
		);
	});

	it('US Government: files of 3 MB are refused, smaller ones are not', () => {
		expect(() => attach(3 * 1024 * 1024, clouds.usGovL5)).toThrow(UnavailableInCloudError);
		expect(attach(3 * 1024 * 1024 - 1, clouds.usGovL4)).toHaveLength(1);
		expect(attach(3 * 1024 * 1024, clouds.china)).toHaveLength(1);
	});
});

describe('operations that a cloud lacks', () => {
	const node = new Microsoft365Mail();
	const run = async (environment: string, parameters: INodeParameters) =>
		await runNode({
			node,
			parameters,
			// No host of that cloud is reached: the refusal comes before.
			credential: {
				environment,
				tenantId: 'contoso.example',
				clientId: 'app',
				clientSecret: 'secret',
				oauthTokenData: { access_token: 'token' },
			},
		});
	const message = { __rl: true, mode: 'id', value: 'AAMk' };

	it.each([
		[
			'china',
			{ resource: 'message', operation: 'getHeaders', messageId: message },
			'internet headers',
		],
		[
			'china',
			{ resource: 'message', operation: 'permanentDelete', messageId: message },
			'permanently',
		],
		['china', { resource: 'rule', operation: 'getAll' }, 'Rules of the Inbox'],
		['china', { resource: 'category', operation: 'getAll' }, 'The list of categories'],
		[
			'china',
			{
				resource: 'message',
				operation: 'update',
				messageId: message,
				changes: { flagDue: '2026-04-01' },
			},
			'Flagging a message',
		],
		[
			'usGovL4',
			{ resource: 'message', operation: 'permanentDelete', messageId: message },
			'permanently',
		],
		[
			'usGovL5',
			{ resource: 'message', operation: 'permanentDelete', messageId: message },
			'permanently',
		],
		[
			'usGovL4',
			{ resource: 'folder', operation: 'create', path: 'X', options: { isHidden: true } },
			'Hiding a mail folder',
		],
	])('%s: %j', async (environment, parameters, text) => {
		await expect(run(environment, parameters)).rejects.toMatchObject({
			message: expect.stringMatching(new RegExp(`${text}.* isn't available in`)) as string,
			description: expect.stringMatching(/\S/) as string,
		});
	});
});

it('refuses a file beyond what Exchange takes', () => {
	expect(() => attach(150 * 1024 * 1024 + 1, clouds.global)).toThrow(
		'Attachments: "plan.pdf" has 151 MB; Exchange takes 150 MB',
	);
});

it.each([
	['<img src="cid:data">', 'data'],
	["<img src='cid:plan.pdf'>", 'plan.pdf'],
	['<div style="background:url(cid:data)">', 'data'],
	['<img src="cid:database">', undefined],
	['cid:data', undefined],
])('takes a file for shown in %s as %s', (html, contentId) => {
	const [attachment] = attachmentsFor([source(1)], {
		html,
		cloud: clouds.global,
		label: 'Attachments',
	});
	expect(attachment?.contentId).toBe(contentId);
});
