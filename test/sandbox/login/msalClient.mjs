// MSAL, as the package uses it, in a process that trusts the sandbox's authority from its start on.
// Reads one JSON line {authority, clientId, secret?, certificate?, privateKey?, scopes, code?} and
// prints MSAL's result or error as one.
import { X509Certificate, createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { ConfidentialClientApplication } from '@azure/msal-node';

const request = JSON.parse(await text(process.stdin));
const { authority, clientId, secret, certificate, privateKey, scopes } = request;
const credential = secret
	? { clientSecret: secret }
	: {
			clientCertificate: {
				privateKey,
				thumbprintSha256: createHash('sha256')
					.update(new X509Certificate(certificate).raw)
					.digest('hex'),
			},
		};
const msal = new ConfidentialClientApplication({
	auth: { clientId, authority, knownAuthorities: [new URL(authority).host], ...credential },
});
try {
	const result = request.code
		? await msal.acquireTokenByCode({
				code: request.code,
				redirectUri: request.redirectUri,
				scopes,
			})
		: await msal.acquireTokenByClientCredential({ scopes });
	// A second one with the same assertion, which MSAL keeps as long as it is good.
	const again = request.code
		? await msal.acquireTokenSilent({ account: result.account, scopes, forceRefresh: true })
		: await msal.acquireTokenByClientCredential({ scopes, skipCache: true });
	console.log(
		JSON.stringify({
			accessToken: result.accessToken,
			isNew: again.accessToken !== result.accessToken,
			username: result.account?.username,
			homeAccountId: result.account?.homeAccountId,
		}),
	);
} catch (error) {
	console.log(
		JSON.stringify({
			errorCode: error.errorCode,
			errorMessage: error.errorMessage ?? error.message,
		}),
	);
}
