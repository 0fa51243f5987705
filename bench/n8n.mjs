import { setTimeout as sleep } from 'node:timers/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cache } from '../scripts/bootstrap/paths.mjs';
import { signIn } from './signIn.mjs';

const require = createRequire(import.meta.url);
// As the sandbox itself uses them; compiled by its start.
const built = (name) => require(join(cache, 'sandbox-build', 'sandbox', 'n8n', `${name}.js`));
const rest = () => built('rest');
const flatted = () => require('flatted');

const scope =
	'openid profile email offline_access User.Read Mail.ReadWrite Mail.Send Calendars.ReadWrite ' +
	'Files.ReadWrite.All Sites.ReadWrite.All';
const timeoutMs = 30 * 60_000;

/** n8n's REST interface as its owner, with one person's connections for each side. */
export async function openN8n(sandbox, imapPassword) {
	const { createN8nRest, signIn: signInToN8n, createCredential } = rest();
	const { credentialData } = built('credentialData');
	const api = createN8nRest(sandbox.n8nUrl);
	await signInToN8n(api, sandbox.n8nOwner);
	const person = sandbox.users.find(({ password }) => password);
	const token = await signIn(sandbox, person, scope);
	const { loginUrl, graphUrl, clientId, clientSecret, tenantId } = sandbox;
	const ours = await createCredential(api, {
		name: 'Bench, this package',
		type: 'microsoft365OAuth2Api',
		data: { ...credentialData(sandbox), oauthTokenData: token },
	});
	const theirs = await createCredential(api, {
		name: "Bench, n8n's own",
		type: 'microsoftOAuth2Api',
		data: {
			clientId,
			clientSecret,
			authUrl: `${loginUrl}/${tenantId}/oauth2/v2.0/authorize`,
			accessTokenUrl: `${loginUrl}/${tenantId}/oauth2/v2.0/token`,
			scope,
			graphApiBaseUrl: graphUrl,
			oauthTokenData: token,
		},
	});
	const reference = ({ id, name, type }) => ({ [type]: { id, name } });
	const imap = sandbox.imap && (await imapCredentials(api, sandbox.imap, person, imapPassword));
	return {
		person,
		accessToken: token.access_token,
		credentials: {
			ours: reference(ours),
			theirs: reference(theirs),
			imap: imap && { ours: reference(imap.ours), theirs: reference(imap.theirs) },
		},
		run: async (plan) => await runOnce(api, plan),
	};
}

/** Both through the same TLS to the same Dovecot; ours is the one that the sandbox has made. */
async function imapCredentials(api, { host, port }, person, password) {
	const all = await api.call('GET', '/credentials');
	const theirs = await rest().createCredential(api, {
		name: "Bench, n8n's own IMAP",
		type: 'imap',
		data: { user: person.userPrincipalName, password, host, port, secure: true },
	});
	return { ours: all.find(({ type }) => type === 'microsoft365MailOAuth2Api'), theirs };
}

const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/**
 * Makes the workflow, runs it by hand, and removes it.
 *
 * @param plan `provoke` where the first node is a trigger: makes it work, and tells since when (`Date.now()`)
 */
async function runOnce(api, { nodes, measured = ['Work'], provoke }) {
	const all = provoke ? nodes : [start, ...nodes];
	const { id } = await api.call('POST', '/workflows', {
		name: `Bench ${measured.join(', ')}`,
		nodes: all.map((node, index) => ({
			id: `node-${index}`,
			typeVersion: 1,
			parameters: {},
			position: [index * 220, 0],
			...node,
		})),
		connections: Object.fromEntries(
			all
				.slice(1)
				.map(({ name }, index) => [
					all[index].name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
		settings: {},
	});
	const { executionId } = await api.call('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: all[0].name },
	});
	const provokedAt = await provoke?.();
	const execution = await ended(api, executionId);
	const { resultData } = flatted().parse(execution.data);
	const runs = measured.map((name) => resultData.runData[name]?.[0]);
	return {
		status: execution.status,
		error: resultData.error?.message,
		/** Of the measured nodes alone, as n8n itself takes it. */
		wallMs:
			provokedAt === undefined
				? runs.reduce((sum, run) => sum + (run?.executionTime ?? 0), 0)
				: runs.at(-1)?.startTime + runs.at(-1)?.executionTime - provokedAt,
		items: runs.at(-1)?.data?.main?.[0]?.length ?? 0,
		output: runs.at(-1)?.data?.main?.[0] ?? [],
		cleanUp: async () => {
			await api.call('POST', '/executions/delete', { ids: [executionId] });
			await api.call('POST', `/workflows/${id}/archive`, {});
			await api.call('DELETE', `/workflows/${id}`);
		},
	};
}

async function ended(api, executionId) {
	const deadline = performance.now() + timeoutMs;
	while (performance.now() < deadline) {
		// Without its data, which is large.
		const { results } = await api.call('GET', '/executions?filter={}&limit=20');
		const execution = results.find(({ id }) => String(id) === String(executionId));
		if (execution && !['new', 'running', 'waiting'].includes(execution.status)) {
			return await api.call('GET', `/executions/${executionId}`);
		}
		await sleep(100);
	}
	throw new Error(`Execution ${executionId} has not ended in ${timeoutMs / 60_000} minutes`);
}
