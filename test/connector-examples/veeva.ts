import { Mapping, VeevaConnection, type VeevaDocumentOptions, VeevaSource } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const basic = () => VeevaConnection.basic({ instanceUrl: 'https://acme.veevavault.com', username: 'appflow@acme.com', password: secret('password') });

const source = (parts: Parts, documents?: VeevaDocumentOptions) => new VeevaSource(parts.profile(basic()), {
  object: documents !== undefined ? 'documents' : 'product__v',
  apiVersion: 'v23.1',
  documents,
});

export const example: ConnectorExample = {
  connections: { 'user name and password': basic },
  flows: {
    'source, with filters': (parts) => {
      const products = source(parts);
      return parts.from(products, [
        products.filter.equalTo('status__v', 'active__v'),
        products.filter.notEqualTo('external_id__v', 'none'),
        products.filter.between('created_date__v', new Date('2026-11-01'), new Date('2026-11-30')),
        products.filter.greaterThan('version__v', 1),
        products.filter.greaterThanOrEqualTo('strength__c', 1),
        products.filter.lessThan('version__v', 9),
        products.filter.lessThanOrEqualTo('strength__c', 9),
        Mapping.fields(['id', 'name__v']),
      ]);
    },
    'source, with a filter that CloudFormation does not know': (parts) => {
      const products = source(parts);
      return parts.from(products, [products.filter.contains('name__v', 'Chole'), Mapping.fields(['id', 'name__v'])]);
    },
    'documents': (parts) => parts.from(source(parts, { documentType: 'Clinical Study' })),
    'documents with files': (parts) => parts.from(source(parts, {
      documentType: 'Clinical Study', includeSourceFiles: true, includeRenditions: true, includeAllVersions: true,
    })),
  },
};
