import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { authenticationProperty, graphCredentials } from '../kit/connect';
import { microsoft365AppOnlyTest } from '../kit/credentialTests';
import { resourceProperties } from '../kit/resource';
import { run } from '../kit/run';
import {
	getColumnNames,
	getColumns,
	getColumnsToUpdate,
	getColumnsToUpsert,
} from './pickers/columns';
import { searchItems } from './pickers/items';
import { searchLists } from './pickers/lists';
import { searchPages } from './pickers/pages';
import { searchSites } from './pickers/sites';
import { resources } from './resources';

export class Microsoft365SharePoint implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 SharePoint',
		name: 'microsoft365SharePoint',
		icon: {
			light: 'file:../../icons/sharepoint.svg',
			dark: 'file:../../icons/sharepoint.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and write lists, items, columns and pages of SharePoint sites',
		defaults: { name: 'Microsoft 365 SharePoint' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: graphCredentials,
		properties: [authenticationProperty, ...resourceProperties(resources)],
	};

	methods = {
		listSearch: { searchItems, searchLists, searchPages, searchSites },
		loadOptions: { getColumnNames },
		resourceMapping: { getColumns, getColumnsToUpdate, getColumnsToUpsert },
		credentialTest: { microsoft365AppOnlyTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources);
	}
}
