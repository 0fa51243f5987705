import type { Clock } from '../clock';

/**
 * Makes the whole process tell the sandbox's time, for libraries that ask `Date.now()` and take no
 * clock (oidc-provider). For the sandbox's own process, once, before the login starts.
 * `new Date()` stays with the machine: certificates and log lines are not to travel.
 */
export function installClock(clock: Clock): void {
	Date.now = () => clock.now();
}
