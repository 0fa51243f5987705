import { loadModel } from '../../../sandbox/graph/surface/load';
import { allScopes, ana, describeWithMetadata, startWire, type Wire, text } from './wire';

describeWithMetadata('a national cloud at the wire', () => {
	let wire: Wire;
	afterEach(() => wire.close());

	it('China: has neither delta nor permanent delete, and messages without flag', async () => {
		wire = await startWire({ cloud: 'china' });
		wire.graph.state.deliver({ to: ana, subject: 'x' });
		const { body } = await wire.send('GET', '/me/messages');
		expect(body.value?.[0]).toMatchObject({ subject: 'x', isRead: false });
		expect(body.value?.[0]).not.toHaveProperty('flag');
		expect(body.value?.[0]).not.toHaveProperty('conversationIndex');
		const path = `/me/messages/${text(body.value?.[0]?.id)}`;
		for (const [method, url] of [
			['GET', '/me/mailFolders/inbox/messages/delta'],
			['POST', `${path}/permanentDelete`],
			['GET', `${path}?$select=flag`],
		] as const) {
			expect((await wire.send(method, url)).status).toBe(400);
		}
		expect((await wire.send('DELETE', path)).status).toBe(204);
	});

	it('US Government: has delta, but neither permanent delete nor mail upload sessions', async () => {
		wire = await startWire({ cloud: 'usGovL4' });
		wire.graph.state.deliver({ to: ana, subject: 'x' });
		const { body } = await wire.send('GET', '/me/mailFolders/inbox/messages/delta');
		expect(body.value).toMatchObject([{ subject: 'x', flag: { flagStatus: 'notFlagged' } }]);
		const path = `/me/messages/${text(body.value?.[0]?.id)}`;
		expect((await wire.send('POST', `${path}/permanentDelete`)).status).toBe(400);
		const session = await wire.send('POST', `${path}/attachments/createUploadSession`, {
			body: { AttachmentItem: { attachmentType: 'file', name: 'a', size: 4_000_000 } },
		});
		expect(session.status).toBe(405);
	});

	it("takes tokens for that cloud's Graph, and no other's", async () => {
		wire = await startWire({ cloud: 'usGovL5' });
		const token = (audience: string): string =>
			wire.token({ upn: ana, scopes: allScopes, audience });
		const own = await wire.send('GET', '/me', { token: token('https://dod-graph.microsoft.us') });
		expect(own.status).toBe(200);
		const other = await wire.send('GET', '/me', { token: token('https://graph.microsoft.com') });
		expect(other.status).toBe(401);
	});
});

describe("without Microsoft's metadata", () => {
	const before = process.env.M365_GRAPH_METADATA;
	beforeEach(() => {
		process.env.M365_GRAPH_METADATA = '/nowhere';
	});
	afterEach(() => {
		if (before === undefined) delete process.env.M365_GRAPH_METADATA;
		else process.env.M365_GRAPH_METADATA = before;
	});

	it('takes the published SDK and says so', () => {
		const lines: string[] = [];
		const model = loadModel('global', (line) => lines.push(line));
		expect(model.source).toBe('sdk');
		expect(lines.join()).toMatch(/NOT Microsoft's metadata/);
	});

	it('has nothing for a cloud that only the metadata describes', () => {
		expect(() => loadModel('china', () => undefined)).toThrow(/M365_GRAPH_METADATA/);
	});
});
