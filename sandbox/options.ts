import { parseArgs } from 'node:util';
import { clouds, type CloudProfile } from '../core/clouds';

export type PublishedCloud = keyof typeof clouds;

export interface SandboxOptions {
	readonly withN8n: boolean;
	/** n8n's port; login, Graph, IMAP and SMTP take the next four. Zero: any that are free. */
	readonly port: number;
	/** Whose Graph is played. */
	readonly cloud: CloudProfile & { readonly name: PublishedCloud };
	readonly json: boolean;
	/** Below the project's folder; emptied at the start. */
	readonly dataFolder: string;
	/** See `ImapOptions`. */
	readonly imapPassword?: string;
}

/** What was asked for on the command line can't be done. Its message is for the one who typed it. */
export class OptionError extends Error {
	override readonly name = 'OptionError';
}

export const usage = `npm run sandbox -- [options]
  --no-n8n       login, Graph and the mail servers alone
  --port N       n8n's port (5678); login, Graph, IMAP and SMTP take N+1 to N+4; 0 takes free ones
  --cloud NAME   whose Graph is played: ${Object.keys(clouds).join(', ')} (global)
  --json         one JSON line on standard output when all is ready
  --data FOLDER  where its files go; emptied at the start (.sandbox/main)
  --imap-password TEXT  with it anybody signs in to IMAP, as in Exchange nobody does; for npm run bench
  --help         this text`;

/** @throws {OptionError} */
export function parseOptions(args: readonly string[]): SandboxOptions | 'help' {
	const values = parse(args);
	if (values.help) return 'help';
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_531) {
		throw new OptionError(`--port: a number from 0 to 65531, not "${values.port}"`);
	}
	if (!isCloud(values.cloud)) {
		throw new OptionError(
			`--cloud: one of ${Object.keys(clouds).join(', ')}, not "${values.cloud}"`,
		);
	}
	if (!/^\.sandbox\/[\w-]+$/.test(values.data)) {
		throw new OptionError(`--data: a folder such as .sandbox/main, not "${values.data}"`);
	}
	const imapPassword = values['imap-password'];
	// It is written into Dovecot's configuration as it is.
	if (imapPassword !== undefined && !/^[\w-]+$/.test(imapPassword)) {
		throw new OptionError('--imap-password: letters, digits, _ and - only');
	}
	return {
		withN8n: !values['no-n8n'],
		port,
		cloud: clouds[values.cloud],
		json: values.json,
		dataFolder: values.data,
		...(imapPassword !== undefined && { imapPassword }),
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			options: {
				'no-n8n': { type: 'boolean', default: false },
				port: { type: 'string', default: '5678' },
				cloud: { type: 'string', default: 'global' },
				json: { type: 'boolean', default: false },
				data: { type: 'string', default: '.sandbox/main' },
				'imap-password': { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		throw new OptionError(error instanceof Error ? error.message : String(error));
	}
}

function isCloud(name: string): name is PublishedCloud {
	return Object.hasOwn(clouds, name);
}
