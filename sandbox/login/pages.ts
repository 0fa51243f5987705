import type { Permission } from './permissions';

/** Markup that is safe as it is: only `html` makes it. */
class Markup {
	constructor(readonly text: string) {}
}

const escapes: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

type Part = string | Markup | readonly Markup[] | undefined;

function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
	const render = (part: Part): string => {
		if (part === undefined) return '';
		if (part instanceof Markup) return part.text;
		if (typeof part === 'string') return part.replace(/[&<>"']/g, (char) => escapes[char] ?? '');
		return part.map(({ text }) => text).join('');
	};
	return new Markup(
		strings
			.map((text, index) => text + render(index < parts.length ? parts[index] : undefined))
			.join(''),
	);
}

const style = new Markup(`<style>
:root { color-scheme: light; font-family: 'Segoe UI', system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #eef1f6; color: #1b1b1b; }
main { width: min(440px, 94vw); margin: 24px 0; padding: 44px; background: #fff; box-shadow: 0 2px 6px #0003; }
.brand { margin: 0 0 16px; color: #5e5e5e; font-weight: 600; }
h1 { margin: 0 0 12px; font-size: 24px; font-weight: 600; }
h2 { margin: 20px 0 4px; font-size: 15px; }
p, li { font-size: 15px; line-height: 1.4; overflow-wrap: anywhere; }
ul { margin: 8px 0 0; padding-left: 20px; }
label { display: block; margin-top: 12px; font-size: 13px; color: #5e5e5e; }
input { width: 100%; padding: 6px 0; border: 0; border-bottom: 1px solid #666; font: inherit; outline-offset: 4px; }
.error { margin: 8px 0 0; color: #b3261e; font-size: 13px; }
.note { color: #5e5e5e; font-size: 13px; }
.buttons { display: flex; justify-content: flex-end; gap: 8px; margin-top: 28px; }
button { min-width: 108px; padding: 7px 12px; border: 0; background: #ccc; color: inherit; font: inherit; cursor: pointer; }
button.primary { background: #0f5ea8; color: #fff; }
</style>`);

function page(title: string, body: Markup): string {
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${title}</title>
				${style}
			</head>
			<body>
				<main>
					<p class="brand">Microsoft 365 sandbox</p>
					${body}
				</main>
			</body>
		</html>`.text;
}

export interface SignInPage {
	readonly appName: string;
	readonly userName: string;
	/** Why the last attempt failed, and beside which field it is said. */
	readonly problem?: { readonly field: 'user' | 'password'; readonly text: string };
}

/** `#i0116` (user), `#i0118` (password), `#idSIButton9` (go on), `#idBtn_Back` (cancel). */
export function signInPage({ appName, userName, problem }: SignInPage): string {
	return page(
		'Sign in to your account',
		html`<h1>Sign in</h1>
			<p class="note">to continue to ${appName}</p>
			<form method="post">
				${signInFields(userName, problem)}
				<div class="buttons">
					<button id="idBtn_Back" name="action" value="cancel" formnovalidate type="submit">
						Cancel
					</button>
					<button id="idSIButton9" class="primary" name="action" value="signIn" type="submit">
						Sign in
					</button>
				</div>
			</form>`,
	);
}

function signInFields(userName: string, problem: SignInPage['problem']): Markup {
	const errorBeside = (field: 'user' | 'password', id: string): Markup | undefined =>
		problem?.field === field
			? html`<p class="error" id="${id}" role="alert">${problem.text}</p>`
			: undefined;
	return html`<label for="i0116">Email</label>
		<input
			id="i0116"
			name="loginfmt"
			type="email"
			autocomplete="username"
			required
			value="${userName}"
		/>
		${errorBeside('user', 'usernameError')}
		<label for="i0118">Password</label>
		<input id="i0118" name="passwd" type="password" autocomplete="current-password" required />
		${errorBeside('password', 'passwordError')}`;
}

export interface ConsentPage {
	readonly appName: string;
	readonly userName: string;
	readonly permissions: readonly Permission[];
}

/** `#idBtn_Accept`, `#idBtn_Cancel`; one `li[data-permission]` a permission. */
export function consentPage({ appName, userName, permissions }: ConsentPage): string {
	return page(
		'Permissions requested',
		html`<p class="note">${userName}</p>
			<h1>Permissions requested</h1>
			<p><strong>${appName}</strong> would like to:</p>
			${permissionList(permissions)}
			<p class="note">Accepting lets this app use your data as it says.</p>
			${consentButtons()}`,
	);
}

/** `#needAdminApproval`, `#idBtn_Cancel` returns to the app. */
export function needAdminPage({
	appName,
	userName,
	problem,
}: {
	readonly appName: string;
	readonly userName: string;
	readonly problem: string;
}): string {
	return page(
		'Need admin approval',
		html`<p class="note">${userName}</p>
			<h1 id="needAdminApproval">Need admin approval</h1>
			<p>
				<strong>${appName}</strong> needs permissions that only an admin can give. Ask an admin to
				consent to it before you use it.
			</p>
			<p class="note">${problem}</p>
			<form method="post">
				<div class="buttons">
					<button id="idBtn_Cancel" name="action" value="cancel" type="submit">
						Return to the app
					</button>
				</div>
			</form>`,
	);
}

/** The fields of `signInPage` and the buttons of `consentPage` on one page. */
export function adminConsentPage({
	appName,
	userName,
	permissions,
	problem,
}: ConsentPage & {
	readonly problem?: SignInPage['problem'];
}): string {
	return page(
		'Permissions requested',
		html`<h1>Permissions requested</h1>
			<p>Accept for your organisation: <strong>${appName}</strong> would like to:</p>
			${permissionList(permissions)}
			<form method="post">
				<h2>Sign in as an admin</h2>
				${signInFields(userName, problem)} ${consentButtonRow}
			</form>`,
	);
}

/** `#aadError`: the AADSTS code and its gist. */
export function errorPage(problem: string): string {
	return page(
		'Sign in to your account',
		html`<h1>Sign in</h1>
			<p>Sorry, but we’re having trouble signing you in.</p>
			<p class="error" id="aadError" role="alert">${problem}</p>`,
	);
}

function permissionList(permissions: readonly Permission[]): Markup {
	const items = permissions.map(
		({ name, words }) => html`<li data-permission="${name}">${words}</li>`,
	);
	return html`<ul id="permissions">
		${items}
	</ul>`;
}

const consentButtonRow = html`<div class="buttons">
	<button id="idBtn_Cancel" name="action" value="cancel" formnovalidate type="submit">
		Cancel
	</button>
	<button id="idBtn_Accept" class="primary" name="action" value="accept" type="submit">
		Accept
	</button>
</div>`;

function consentButtons(): Markup {
	return html`<form method="post">${consentButtonRow}</form>`;
}
