import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction } from 'oidc-provider' with { 'resolution-mode': 'import' };
import type { SandboxUser } from '../directory';
import { AadError } from './aadError';
import { addConsent, loadConsent, permissionsOf, type ConsentContext } from './consent';
import { readForm, sendHtml } from './http';
import { consentPage, needAdminPage, signInPage, type SignInPage } from './pages';
import type { Tenant } from './tenant';

export interface InteractionContext extends ConsentContext {
	readonly nowMs: () => number;
}

/**
 * The pages between the app's authorize request and its answer: sign-in, then consent.
 * @throws {AadError} to be shown on a page.
 */
export async function handleInteraction(
	context: InteractionContext,
	req: IncomingMessage,
	res: ServerResponse,
): Promise<void> {
	const { provider } = context;
	let details: Interaction;
	try {
		details = await provider.interactionDetails(req, res);
	} catch (cause) {
		throw new AadError(165000, cause instanceof Error ? `(${cause.message})` : '');
	}
	const form = req.method === 'POST' ? await readForm(req) : undefined;
	const isConsent = details.prompt.name === 'consent';
	if (form?.get('action') === 'cancel') {
		const code = isConsent && needsAdmin(context, details) ? 90094 : 65004;
		const { error, error_description } = new AadError(code).toBody(context.nowMs());
		await provider.interactionFinished(req, res, { error, error_description });
	} else if (isConsent) {
		await consent(context, details, form, req, res);
	} else {
		await signIn(context, details, form, req, res);
	}
}

async function signIn(
	{ provider, tenant }: InteractionContext,
	details: Interaction,
	form: URLSearchParams | undefined,
	req: IncomingMessage,
	res: ServerResponse,
): Promise<void> {
	const shown = {
		appName: appOf(tenant, details),
		userName: form?.get('loginfmt') ?? text(details.params.login_hint),
	};
	if (!form) {
		assertStillWelcome(tenant, details);
		return sendHtml(res, 200, signInPage(shown));
	}
	const outcome = checkPassword(tenant, form);
	if ('problem' in outcome) return sendHtml(res, 200, signInPage({ ...shown, ...outcome }));
	tenant.assertMayUse(outcome.user);
	await provider.interactionFinished(req, res, {
		login: { accountId: outcome.user.id, amr: ['pwd'] },
		...(details.prompt.name === 'select_account' ? { select_account: {} } : {}),
	});
}

/** Somebody who was sent here because of a lost access is told so instead of asked again. */
function assertStillWelcome(tenant: Tenant, details: Interaction): void {
	if (!details.prompt.reasons.includes('no_access')) return;
	const user = tenant.userById(details.session?.accountId ?? '');
	if (user) tenant.assertMayUse(user);
}

export type PasswordOutcome =
	{ readonly user: SandboxUser } | { readonly problem: NonNullable<SignInPage['problem']> };

/** Answers the fields of a sign-in form. A wrong pair is a matter for the page, not an error. */
export function checkPassword(tenant: Tenant, form: URLSearchParams): PasswordOutcome {
	const user = tenant.userByName(form.get('loginfmt') ?? '');
	if (!user) return { problem: { field: 'user', text: new AadError(50034).message } };
	return user.password === form.get('passwd')
		? { user }
		: { problem: { field: 'password', text: new AadError(50126).message } };
}

async function consent(
	context: InteractionContext,
	details: Interaction,
	form: URLSearchParams | undefined,
	req: IncomingMessage,
	res: ServerResponse,
): Promise<void> {
	const { provider, tenant, catalogue } = context;
	const user = userOf(tenant, details);
	const shown = { appName: appOf(tenant, details), userName: user.userPrincipalName };
	if (needsAdmin(context, details)) {
		const problem = new AadError(90094).message;
		return sendHtml(res, 200, needAdminPage({ ...shown, problem }));
	}
	const scopes = text(details.params.scope).split(' ');
	if (form?.get('action') !== 'accept') {
		const permissions = permissionsOf(catalogue, scopes);
		return sendHtml(res, 200, consentPage({ ...shown, permissions }));
	}
	const clientId = text(details.params.client_id);
	const existing = await loadConsent(context, user.id, clientId);
	const grant = await addConsent(context, user.id, clientId, scopes, existing);
	await provider.interactionFinished(req, res, { consent: { grantId: grant.jti } });
}

function needsAdmin({ tenant, catalogue }: InteractionContext, details: Interaction): boolean {
	if (userOf(tenant, details).isAdmin) return false;
	const asked = permissionsOf(catalogue, text(details.params.scope).split(' '));
	return (
		tenant.switches.userConsent === 'blocked' || asked.some((permission) => permission.needsAdmin)
	);
}

function userOf(tenant: Tenant, details: Interaction): SandboxUser {
	const user = tenant.userById(details.session?.accountId ?? '');
	if (!user) throw new AadError(165000);
	return user;
}

function appOf(tenant: Tenant, details: Interaction): string {
	const clientId = text(details.params.client_id);
	return tenant.app(clientId)?.displayName ?? clientId;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
