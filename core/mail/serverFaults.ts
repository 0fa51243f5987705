import type { MailServer } from '../clouds';
import { MailServerError, type MailServerErrorDetails } from './MailServerError';
import type { MailProtocol } from '../scopes';

export interface ServerPlace {
	readonly protocol: MailProtocol;
	readonly server: MailServer;
}

/** What a node or library error tells of itself. */
export interface Fault {
	readonly code?: string;
	readonly message: string;
}

interface Explanation extends Omit<MailServerErrorDetails, 'code' | 'response' | 'cause'> {
	readonly code: string;
	readonly message: string;
}

const connectionLost = new Set([
	'ECONNRESET',
	'EPIPE',
	'ECONNABORTED',
	'ERR_STREAM_PREMATURE_CLOSE',
]);
const timedOut =
	/^(ETIMEDOUT|ETIMEOUT|ESOCKETTIMEDOUT|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/;
const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'EADDRNOTAVAIL', 'ENETDOWN']);
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|HOSTNAME_MISMATCH/;
const notTls = /^(EPROTO|ERR_SSL_)|wrong version number|packet length too long/i;

/** Codes of ours, with the sections of the documentation that they share with Graph's network errors. */
export const connectionAnchors: Readonly<Record<string, string>> = {
	host_not_found: 'host-not-found',
	connection_refused: 'connection-refused',
	timeout: 'timeout',
	network_unreachable: 'network-fault',
	tls_mismatch: 'mail-tls-mismatch',
	certificate_refused: 'certificate-refused',
	connection_lost: 'connection-broken',
};

/**
 * What went wrong below the mail protocol: name, network, TLS, time. `undefined` for anything else.
 * The original error is left behind; libraries keep what they sent in it.
 */
export function connectionFault(fault: Fault, place: ServerPlace): MailServerError | undefined {
	const found = explain(fault, place);
	if (!found) return undefined;
	const { message, ...details } = found;
	const docsAnchor = connectionAnchors[details.code];
	return new MailServerError(fault.code ? `${message} (${fault.code})` : message, {
		...details,
		...(docsAnchor !== undefined && { docsAnchor }),
	});
}

function explain(fault: Fault, { protocol, server }: ServerPlace): Explanation | undefined {
	const { code = '', message } = fault;
	const label = protocol === 'imap' ? 'IMAP' : 'SMTP';
	const address = `${server.host}:${server.port}`;
	const settings = `the ${label} host and port in the credential`;
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return {
			code: 'host_not_found',
			message: `The name of the ${label} server ${server.host} could not be found`,
			nextStep: `Check Environment and ${settings}, and DNS on the machine that runs n8n.`,
			isPassing: code === 'EAI_AGAIN',
		};
	}
	if (code === 'ECONNREFUSED') {
		return {
			code: 'connection_refused',
			message: `The ${label} server ${address} refused the connection`,
			nextStep: `Check ${settings}. If they are right, the server is down, or a firewall keeps n8n from port ${server.port}.`,
			isPassing: true,
		};
	}
	if (timedOut.test(code)) {
		return {
			code: 'timeout',
			message: `The ${label} server ${address} did not answer in time`,
			nextStep: `Run it again later. If it never answers, a firewall may keep n8n from port ${server.port}; check ${settings} as well.`,
			isPassing: true,
		};
	}
	if (unreachable.has(code)) {
		return {
			code: 'network_unreachable',
			message: `The ${label} server ${address} can not be reached`,
			nextStep: 'Check the network and firewall of the machine that runs n8n.',
			isPassing: true,
		};
	}
	if (notTls.test(code) || notTls.test(message)) {
		return {
			code: 'tls_mismatch',
			message: `The ${label} server ${address} does not speak TLS the way it was asked to`,
			nextStep:
				server.security === 'tls'
					? `This port may want STARTTLS: check ${settings} (${protocol}:// before a custom host means STARTTLS).`
					: `This port may want TLS from the start: check ${settings} (${protocol}s:// before a custom host means TLS).`,
		};
	}
	if (untrusted.test(code)) {
		return {
			code: 'certificate_refused',
			message: `The TLS certificate of the ${label} server ${address} is not trusted`,
			nextStep: `If a proxy inspects TLS, give its CA certificate to n8n with NODE_EXTRA_CA_CERTS; else check ${settings}.`,
		};
	}
	if (connectionLost.has(code)) {
		return {
			code: 'connection_lost',
			message: `The connection to the ${label} server ${address} broke`,
			nextStep: 'Run it again; if it happens often, check the firewall in between.',
			isPassing: true,
		};
	}
	return undefined;
}
