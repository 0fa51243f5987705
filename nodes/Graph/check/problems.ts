import { AuthError } from '../../../core/auth/AuthError';
import type { ConnectionReport } from './report';

/** The check found something, and the user wants that to fail the workflow. */
export class ProblemsFoundError extends AuthError {
	constructor({ missingPermissions, services }: Omit<ConnectionReport, 'operations'>) {
		const missing = missingPermissions.map(({ permission }) => permission);
		const failing = services.filter(({ state }) => state === 'fails');
		const found = [
			missing.length > 0 && `it lacks ${missing.join(', ')}`,
			...failing.map(({ service, result }) => `${service}: ${result}`),
		].filter((text) => typeof text === 'string');
		super(
			`The connection does not do all that was chosen${found.length > 0 ? `: ${found.join('; ')}` : ''}`,
			{
				code: 'connection_problems',
				nextStep: 'Run the check without Fail on Problems to see each operation and who can help.',
				whoCanFix: missingPermissions.some(({ whoCanGrant }) => whoCanGrant === 'admin')
					? 'admin'
					: 'user',
				docsAnchor: 'connection-problems',
			},
		);
	}
}
