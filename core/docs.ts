/** Where the documentation is read; the package itself has none of it. */
const docs = 'https://github.com/n8n-nodes-microsoft365/n8n-nodes-microsoft365/blob/main/docs';

/** A section of a page in docs/, the page without .md. */
export function docsUrl(page: string, anchor: string): string {
	return `${docs}/${page}.md#${anchor}`;
}

/** The section of the troubleshooting page about one cause; see `core/troubleshooting`. */
export function troubleshootingUrl(anchor: string): string {
	return docsUrl('troubleshooting', anchor);
}

/** `AADSTS50011` → `aadsts50011`, `certificate_expired` → `certificate-expired`, `ErrorQuotaExceeded` → `error-quota-exceeded`. */
export function anchorOf(code: string): string {
	return code
		.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
		.replaceAll(/[^A-Za-z0-9]+/g, '-')
		.toLowerCase();
}
