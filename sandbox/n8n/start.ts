import { join } from 'node:path';
import { say, seconds } from '../progress';
import { credentialData, type CredentialTarget } from './credentialData';
import { importExamples } from './examples';
import { installPackage } from './install';
import { startN8nProcess, type N8nProcess } from './process';
import {
	createCredential,
	createN8nRest,
	setUpOwner,
	type N8nOwner,
	type SavedCredential,
} from './rest';

/** What its credentials for IMAP and SMTP have beside that. */
export interface MailTarget {
	/** Empty where there is no server. */
	readonly imapHost: string;
	readonly smtpHost: string;
	readonly outlookUrl: string;
	/** Of the directory's first person, so that nobody has to sign in first. */
	readonly accessToken: string;
}

export interface N8nOptions {
	readonly projectFolder: string;
	/** n8n's entry file. */
	readonly binary: string;
	readonly dataFolder: string;
	readonly port: number;
	readonly caFile: string;
	readonly target: CredentialTarget;
	readonly mail: MailTarget;
}

export interface RunningN8n extends Pick<N8nProcess, 'url' | 'ended' | 'close'> {
	readonly owner: N8nOwner;
	readonly credentials: readonly SavedCredential[];
	/** Names of the example workflows that it has. */
	readonly workflows: readonly string[];
}

export const sandboxOwner: N8nOwner = {
	email: 'owner@contoso.example',
	password: 'Sandbox-2026!',
	firstName: 'Sandbox',
	lastName: 'Owner',
};

/** A real n8n with the packed package, an owner, credentials and the example workflows. */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	let startedAt = Date.now();
	await installPackage(options.projectFolder, options.dataFolder);
	say(`package: packed and installed, ${seconds(startedAt)}`);
	startedAt = Date.now();
	const n8n = await startN8nProcess({
		binary: options.binary,
		userFolder: options.dataFolder,
		port: options.port,
		caFile: options.caFile,
	});
	say(`n8n: up, ${seconds(startedAt)}`);
	try {
		const rest = createN8nRest(n8n.url);
		await setUpOwner(rest, sandboxOwner);
		const credentials = await createCredentials(rest, options);
		const examples = join(options.projectFolder, 'examples');
		const workflows = await importExamples(rest, examples, credentials);
		return {
			url: n8n.url,
			ended: n8n.ended,
			close: async () => {
				await n8n.close();
			},
			owner: sandboxOwner,
			credentials,
			workflows,
		};
	} catch (error) {
		await n8n.close();
		throw error;
	}
}

/** The delegated one for Graph waits for somebody to press "Connect my account". */
async function createCredentials(
	rest: ReturnType<typeof createN8nRest>,
	{ target, mail }: Pick<N8nOptions, 'target' | 'mail'>,
): Promise<readonly SavedCredential[]> {
	const data = credentialData(target);
	const mailData = {
		...data,
		customImapHost: mail.imapHost,
		customSmtpHost: mail.smtpHost,
		customOutlookUrl: mail.outlookUrl,
	};
	return [
		await createCredential(rest, {
			name: 'Microsoft 365 (sandbox)',
			type: 'microsoft365OAuth2Api',
			data,
		}),
		await createCredential(rest, {
			name: 'Microsoft 365 app-only (sandbox)',
			type: 'microsoft365AppOnlyApi',
			data: mailData,
		}),
		await createCredential(rest, {
			name: 'Microsoft 365 Mail (sandbox)',
			type: 'microsoft365MailOAuth2Api',
			data: {
				...mailData,
				purpose: 'both',
				oauthTokenData: { access_token: mail.accessToken, token_type: 'Bearer' },
			},
		}),
	];
}
