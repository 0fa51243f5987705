import { createBareClient } from './bareClient.mjs';
import { startContentServer } from './contentServer.mjs';
import { openN8n } from './n8n.mjs';
import { startSandbox } from './sandbox.mjs';
import { nodesOf } from './works/nodes.mjs';

/** Of every mailbox: n8n's own IMAP node signs in with a password or not at all. */
const imapPassword = 'bench-2026';

/** Everything that the works run on; `close` ends all of it. */
export async function openContext() {
	const closers = [];
	const close = async () => {
		for (const end of closers.reverse()) await end();
	};
	try {
		const sandbox = await startSandbox([
			'--data',
			'.sandbox/bench',
			'--imap-password',
			imapPassword,
		]);
		closers.push(async () => await sandbox.stop());
		const content = await startContentServer();
		closers.push(content.close);
		const n8n = await openN8n(sandbox, imapPassword);
		const bare = createBareClient({ graphUrl: sandbox.graphUrl, accessToken: n8n.accessToken });
		closers.push(async () => bare.close());
		const common = {
			sandbox,
			n8n,
			bare,
			credentials: n8n.credentials,
			contentUrl: content.url,
		};
		return {
			...common,
			/** What a work is planned with; IDs are asked for anew, a reset gives new ones. */
			side: async (side) => ({
				...common,
				...(await places(bare)),
				nodes: nodesOf({ credentials: n8n.credentials, side }),
			}),
			places: async () => await places(bare),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** What n8n's own nodes have to be told by ID. */
async function places(bare) {
	const calendar = await bare.send('GET', '/me/calendar?$select=id');
	const root = await bare.send('GET', '/me/drive/root?$select=id');
	const { value: sites } = await bare.send('GET', '/sites?search=finance');
	const site = sites.find(({ name, displayName }) => /finance/i.test(name ?? displayName));
	const { value: lists } = await bare.send('GET', `/sites/${site.id}/lists`);
	const list = lists.find(({ displayName }) => displayName === 'Invoices');
	return {
		calendarId: calendar.id,
		driveRootId: root.id,
		site: { siteId: site.id, listId: list.id },
	};
}
