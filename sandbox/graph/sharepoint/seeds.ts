import { column } from './columns';
import type { SandboxSite } from './sites';
import type { SharePoint } from './store';

/** Finance has a list with a column of every kind, another that it looks into, and some items. */
export function seedFinance(sharePoint: SharePoint, site: SandboxSite): void {
	const vendors = sharePoint.addList(site, {
		displayName: 'Vendors',
		columns: [column('Country', 'text')],
	});
	for (const [Title, Country] of [
		['Fabrikam', 'PT'],
		['Northwind', 'DE'],
		['Tailspin', 'PL'],
	]) {
		sharePoint.addItem(site, vendors, { by: 10, body: { Title, Country } });
	}
	const lookup = { listId: vendors.id, columnName: 'Title' };
	const invoices = sharePoint.addList(site, {
		displayName: 'Invoices',
		description: 'Incoming invoices',
		columns: [
			column('InvoiceNumber', 'text', { displayName: 'Invoice Number', isUnique: true }),
			column('Notes', 'note'),
			column('Amount', 'currency'),
			column('Positions', 'number'),
			column('DueDate', 'dateTime', { displayName: 'Due Date', facet: { format: 'dateOnly' } }),
			column('ReceivedAt', 'dateTime', { displayName: 'Received At' }),
			column('Paid', 'boolean'),
			column('Status', 'choice', {
				indexed: true,
				facet: { choices: ['New', 'Approved', 'Paid'] },
			}),
			column('Tags', 'multiChoice', { facet: { choices: ['Urgent', 'Travel', 'Hardware'] } }),
			column('Owner0', 'person', { displayName: 'Owner' }),
			column('Approvers', 'multiPerson'),
			column('Vendor', 'lookup', { facet: lookup }),
			column('OtherVendors', 'multiLookup', { displayName: 'Other Vendors', facet: lookup }),
			column('Scan', 'link'),
			column('Total', 'calculated', { readOnly: true, facet: { formula: '=[Amount]*1.2' } }),
			column('Department', 'term'),
		],
	});
	const rows = [
		{ Title: 'Laptops', InvoiceNumber: 'R-1', Amount: 5400, Status: 'New', VendorLookupId: 1 },
		{
			Title: 'Flights',
			InvoiceNumber: 'R-2',
			Amount: 820.5,
			Status: 'Approved',
			VendorLookupId: 2,
		},
		{ Title: 'Chairs', InvoiceNumber: 'R-3', Amount: 1250, Status: 'Paid', Paid: true },
	];
	for (const body of rows) sharePoint.addItem(site, invoices, { by: 11, body });
}
