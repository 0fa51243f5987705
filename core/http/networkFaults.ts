import { NetworkError, type NetworkFault } from '../graph/errors';

/** Node's and axios's codes, by what they mean to the one who has to mend it. */
const faultByCode: Readonly<Record<string, NetworkFault>> = {
	ENOTFOUND: 'hostNotFound',
	EAI_AGAIN: 'hostNotFound',
	ECONNREFUSED: 'connectionRefused',
	ECONNRESET: 'connectionBroken',
	ECONNABORTED: 'connectionBroken',
	EPIPE: 'connectionBroken',
	ERR_STREAM_PREMATURE_CLOSE: 'connectionBroken',
	// axios: the connection ended in the middle of the body.
	ERR_BAD_RESPONSE: 'connectionBroken',
	// Decompression of a body that was cut short.
	Z_BUF_ERROR: 'connectionBroken',
	ETIMEDOUT: 'timeout',
};

const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS/;

/** In the words of the one who reads it. */
export const networkFaults: Readonly<Record<NetworkFault, { message: string; nextStep: string }>> =
	{
		hostNotFound: {
			message: "The host's name could not be found",
			nextStep: 'Check the environment in the credential, and DNS on the machine that runs n8n.',
		},
		connectionRefused: {
			message: 'The host refused the connection',
			nextStep: 'Check the proxy and firewall of the machine that runs n8n.',
		},
		connectionBroken: {
			message: 'The connection broke before the whole answer had come',
			nextStep: 'Run it again; if it happens often, check the proxy and firewall in between.',
		},
		certificateRefused: {
			message: "The host's TLS certificate is not trusted",
			nextStep:
				'If a proxy inspects TLS, give its CA certificate to n8n with NODE_EXTRA_CA_CERTS; else check the host.',
		},
		timeout: { message: 'No answer came in time', nextStep: 'Run it again later.' },
		unreadableAnswer: { message: 'The answer could not be read', nextStep: 'Run it again later.' },
		networkFault: {
			message: 'The connection failed',
			nextStep: 'Check the network of the machine that runs n8n.',
		},
	};

/**
 * What went wrong below HTTP. The original error stays behind: axios keeps the request in it, token
 * and body included. Its code is told.
 */
export function networkErrorFrom(error: unknown): NetworkError {
	const code = codeOf(error);
	const fault = faultOf(code);
	const { message, nextStep } = networkFaults[fault];
	return new NetworkError(fault, code ? `${message} (${code})` : message, { nextStep });
}

function faultOf(code: string | undefined): NetworkFault {
	if (code === undefined) return 'networkFault';
	return faultByCode[code] ?? (CERTIFICATE_CODE.test(code) ? 'certificateRefused' : 'networkFault');
}

function codeOf(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null) return undefined;
	// Several addresses tried: the first failure stands for all.
	if (error instanceof AggregateError && !('code' in error)) return codeOf(error.errors[0]);
	return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
