import { join } from 'node:path';
import { type SandboxCloud } from '../../../sandbox/graph/surface/load';
import { readPublishedSurface } from '../../../sandbox/graph/surface/publishedSdk';
import { createSurface, loadSurface, type Surface } from '../../../sandbox/graph/surface/surface';
import { describeWithMetadata } from './wire';

const fileAttachment = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt' };

type Case = readonly [method: string, url: string, body?: unknown];

function refusal(surface: Surface, [method, url, body]: Case): string {
	const verdict = surface.check({ method, url, ...(body !== undefined && { body }) });
	return verdict.ok
		? 'ok'
		: `${verdict.error.status} ${verdict.error.code} ${verdict.error.message}`;
}

/** As an object, because jest would take a missing third element for its callback. */
function titled(request: Case): { readonly title: string; readonly request: Case } {
	return { title: `${request[0]} ${request[1]}`, request };
}

const understood: readonly Case[] = [
	['GET', '/v1.0/me/messages?$select=id,subject&$top=1000&$count=true'],
	['GET', 'https://graph.microsoft.com/v1.0/users/a%40b.example/mailFolders/inbox/messages'],
	['GET', "/users('a@b.example')/messages('AAA')"],
	[
		'GET',
		"/me/messages?$filter=from/emailAddress/address eq 'a@b' and receivedDateTime ge 2026-01-01T00:00:00Z",
	],
	['GET', "/me/messages?$filter=categories/any(c:c eq 'x') and not(isRead eq true)"],
	[
		'GET',
		"/me/messages/A?$expand=attachments($select=id),singleValueExtendedProperties($filter=id eq 'x')",
	],
	['GET', '/me/messages/A/attachments/B?$expand=microsoft.graph.itemAttachment/item'],
	['GET', '/me/messages/A/$value'],
	['GET', '/me/mailFolders/inbox/childFolders?includeHiddenFolders=true'],
	['POST', '/me/messages/A/move', { destinationId: 'archive' }],
	[
		'POST',
		'/me/sendMail',
		{ message: { attachments: [{ ...fileAttachment, contentBytes: 'aGk=' }] } },
	],
	[
		'PATCH',
		'/me/messages/A',
		{ isRead: true, importance: 'High', body: { contentType: 'HTML', content: '' } },
	],
	[
		'POST',
		'/me/getMailTips',
		{ EmailAddresses: ['a'], MailTipsOptions: 'automaticReplies, mailboxFullStatus' },
	],
	['PATCH', '/me/mailboxSettings', { automaticRepliesSetting: { status: 'scheduled' } }],
];

const refused: ReadonlyArray<readonly [Case, RegExp]> = [
	[['GET', '/me/mesages'], /^400 BadRequest Resource not found for the segment 'mesages'\.$/],
	[
		['GET', '/me/messages?$select=id,topic'],
		/^400 RequestBroker--ParseUri Could not find a property named 'topic' on type 'microsoft\.graph\.message'\.$/,
	],
	[
		['GET', "/me/messages?$filter=topic eq 'x'"],
		/named 'topic' on type 'microsoft\.graph\.message'/,
	],
	[['GET', '/me/messages?$orderby=topic'], /named 'topic'/],
	[['GET', '/me/messages?$expand=topics'], /named 'topics'/],
	[['GET', '/me/messages?$expand=subject'], /not a navigation property/],
	[
		['GET', "/me/messages?$filter=toRecipients/any(r:r/emailAddress/mail eq 'x')"],
		/named 'mail' on type 'microsoft\.graph\.emailAddress'/,
	],
	[['GET', '/me/messages?$filter=subject eq'], /Syntax error at position 10/],
	[['GET', '/me/messages?limit=3'], /Unrecognized query argument specified: 'limit'/],
	[['GET', '/me/messages?$pageSize=3'], /'\$pageSize' is not supported/],
	[['GET', '/me/messages?$top=many'], /Invalid value 'many' for \$top/],
	[['GET', '/me/messages/A?$top=3'], /can only be applied to collection/],
	[['DELETE', '/me/messages'], /^405 /],
	[['GET', '/me/sendMail'], /^405 /],
	[
		['PATCH', '/me/messages/A', { topic: 'x' }],
		/^400 RequestBodyRead The property 'topic' does not exist on type 'microsoft\.graph\.message'/,
	],
	[
		['PATCH', '/me/messages/A', { importance: 'urgent' }],
		/expected type 'microsoft\.graph\.importance'/,
	],
	[
		['PATCH', '/me/messages/A', { isRead: 'true' }],
		/literal 'true' to the expected type 'Edm\.Boolean'/,
	],
	[['PATCH', '/me/messages/A', { categories: 'Red' }], /must be a collection/],
	[['PATCH', '/me/messages/A', { body: 'text' }], /must be an object/],
	[
		['PATCH', '/me/messages/A', { toRecipients: [{ address: 'a@b' }] }],
		/'address' does not exist on type 'microsoft\.graph\.recipient'/,
	],
	[['POST', '/me/messages/A/attachments', { name: 'a.txt' }], /is abstract/],
	[
		['POST', '/me/messages/A/attachments', { ...fileAttachment, url: 'x' }],
		/'url' does not exist on type 'microsoft\.graph\.fileAttachment'/,
	],
	[
		['POST', '/me/messages/A/attachments', { '@odata.type': '#microsoft.graph.event' }],
		/not derived from 'microsoft\.graph\.attachment'/,
	],
	[
		['POST', '/me/messages/A/move', { folderId: 'archive' }],
		/'folderId' in the request payload is not a valid parameter/,
	],
];

describe.each([
	[
		'published SDK',
		() =>
			createSurface('global', readPublishedSurface(join(process.cwd(), 'node_modules/@microsoft'))),
	],
] as const)('the surface from the %s', (_name, create) => {
	const surface = create();
	it.each(understood.map(titled))('understands $title', ({ request }) => {
		expect(refusal(surface, request)).toBe('ok');
	});
	it.each(refused)('refuses %j', (request, expected) => {
		expect(refusal(surface, request)).toMatch(expected);
	});
});

describeWithMetadata("the surface from Microsoft's metadata", () => {
	describe.each(['global', 'usGovL4', 'usGovL5', 'china'] as const)('%s', (cloud) => {
		it.each(understood.map(titled))('understands $title', ({ request }) => {
			expect(refusal(loadSurface(cloud), request)).toBe('ok');
		});
		it.each(refused)('refuses %j', (request, expected) => {
			expect(refusal(loadSurface(cloud), request)).toMatch(expected);
		});
		it('tells dates from strings', () => {
			const request: Case = ['GET', "/me/messages?$filter=receivedDateTime ge '2026-01-01'"];
			expect(refusal(loadSurface(cloud), request)).toMatch(/incompatible types/);
		});
	});

	const differences: ReadonlyArray<readonly [Case, readonly SandboxCloud[]]> = [
		[
			['GET', '/me/mailFolders/inbox/messages/delta'],
			['global', 'usGovL4', 'usGovL5'],
		],
		[
			['GET', '/me/mailFolders/delta'],
			['global', 'usGovL4', 'usGovL5'],
		],
		[['POST', '/me/messages/A/permanentDelete'], ['global']],
		[
			['PATCH', '/me/messages/A', { flag: { flagStatus: 'flagged' } }],
			['global', 'usGovL4', 'usGovL5'],
		],
		[
			['GET', '/me/messages/A?$select=internetMessageHeaders'],
			['global', 'usGovL4', 'usGovL5'],
		],
		[
			['GET', '/me/mailFolders/inbox/messageRules'],
			['global', 'usGovL4', 'usGovL5'],
		],
		[
			['GET', '/me/outlook/masterCategories'],
			['global', 'usGovL4', 'usGovL5'],
		],
		[
			['POST', '/me/messages/A/attachments/createUploadSession', { AttachmentItem: { name: 'a' } }],
			['global', 'china'],
		],
		[
			['GET', '/me/mailFolders?$select=isHidden'],
			['global', 'china'],
		],
	];
	it.each(differences)('knows which clouds have %j', (request, expected) => {
		const clouds = (['global', 'usGovL4', 'usGovL5', 'china'] as const).filter(
			(cloud) => refusal(loadSurface(cloud), request) === 'ok',
		);
		expect(clouds).toEqual(expected);
	});

	it.each(
		(
			[
				['GET', '/me/drive/root:/a%20b/c.txt:/children'],
				['PUT', '/drives/D/items/I:/f.txt:/content'],
				['GET', '/sites/contoso.sharepoint.com:/sites/team:/lists'],
				['GET', "/me/drive/root/search(q='a/b')"],
				['GET', '/me/drive/root/delta?token=latest'],
				[
					'POST',
					'/drives/D/items/I/createUploadSession',
					{ item: { name: 'x', '@microsoft.graph.conflictBehavior': 'rename' } },
				],
				[
					'PATCH',
					'/sites/S/lists/L/items/I/fields',
					{ AnyColumn: 'x', 'Tags@odata.type': 'Collection(Edm.String)' },
				],
				[
					'GET',
					'/me/calendarView?startDateTime=2026-01-01T00:00:00Z&endDateTime=2026-02-01T00:00:00Z',
				],
			] as const satisfies readonly Case[]
		).map(titled),
	)('walks drives, sites and calendars: $title', ({ request }) => {
		expect(refusal(loadSurface('global'), request)).toBe('ok');
	});
});
