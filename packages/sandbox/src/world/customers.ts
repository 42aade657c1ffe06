import type { Contact, Customer } from "./model.ts";

interface Company {
  readonly name: string;
  readonly prefix: string;
  readonly domain: string;
}

const companies: readonly Company[] = [
  { name: "Acme Foods", prefix: "ACME", domain: "acme-foods.example" },
  { name: "Northwind Traders", prefix: "NORTHWIND", domain: "northwind-traders.example" },
  { name: "Fabrikam Retail", prefix: "FABRIKAM", domain: "fabrikam-retail.example" },
  { name: "Contoso Pharmacy", prefix: "CONTOSO", domain: "contoso-pharmacy.example" },
  { name: "Tailspin Logistics", prefix: "TAILSPIN", domain: "tailspin-logistics.example" },
];

const people: readonly (readonly [firstName: string, lastName: string])[] = [
  ["Dana", "Whitfield"],
  ["Robin", "Okafor"],
  ["Alexis", "Lindqvist"],
  ["Sam", "Iwata"],
  ["Jordan", "Castellan"],
  ["Morgan", "Petrov"],
];

/** Makes so many customers and spreads them over the hosts in turn. */
export function makeCustomers(count: number, hosts: readonly string[]): Customer[] {
  return Array.from({ length: count }, (_, index) => {
    const { name, domain } = companyAt(index);
    const host = hosts[index % hosts.length] ?? "vco1.example.net";
    return {
      id: 90_001 + index,
      name,
      host,
      enterpriseId: 12 + index * 7,
      domain,
      contacts: [contactAt(index * 2, domain), contactAt(index * 2 + 1, domain)],
    };
  });
}

/** What the names of a customer's edges begin with. */
export function edgePrefixOf(customerIndex: number): string {
  return companyAt(customerIndex).prefix;
}

function companyAt(index: number): Company {
  const company = companies[index];
  if (company !== undefined) return company;
  return { name: `Customer ${index + 1}`, prefix: `CUST${index + 1}`, domain: `customer-${index + 1}.example` };
}

function contactAt(index: number, domain: string): Contact {
  const [firstName, lastName] = people[index % people.length] ?? ["Help", "Desk"];
  const email = `${firstName}.${lastName}@${domain}`.toLowerCase();
  return {
    firstName,
    lastName,
    email,
    phone: index % 2 === 0 ? `555-01${String(index % 100).padStart(2, "0")}` : null,
  };
}
