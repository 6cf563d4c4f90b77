-- The demo shop "Kiln & Cedar". Comments are written for people: they are shown by the assistant and feed schema linking.

CREATE TABLE categories (
  category_id integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  department text NOT NULL
);
COMMENT ON TABLE categories IS 'The ten product categories of the shop.';
COMMENT ON COLUMN categories.category_id IS 'Key of the category.';
COMMENT ON COLUMN categories.name IS 'Name of the category, e.g. Kitchen, Lighting, Garden.';
COMMENT ON COLUMN categories.department IS 'Group of categories: Cook & Dine, Rest & Refresh or Live & Grow.';

CREATE TABLE products (
  product_id integer PRIMARY KEY,
  sku text NOT NULL UNIQUE,
  name text NOT NULL UNIQUE,
  category_id integer NOT NULL REFERENCES categories,
  price numeric(10, 2) NOT NULL CHECK (price > 0),
  unit_cost numeric(10, 2) NOT NULL CHECK (unit_cost > 0),
  stock integer NOT NULL CHECK (stock >= 0),
  reorder_level integer NOT NULL CHECK (reorder_level >= 0),
  is_active boolean NOT NULL,
  launched_on date NOT NULL
);
COMMENT ON TABLE products IS 'Everything the shop sells or has sold: one row per article.';
COMMENT ON COLUMN products.product_id IS 'Key of the product.';
COMMENT ON COLUMN products.sku IS 'Stock keeping unit, the code printed on the box, e.g. KIT-007.';
COMMENT ON COLUMN products.name IS 'Name of the product as customers see it, e.g. Ember Kettle.';
COMMENT ON COLUMN products.category_id IS 'Category the product belongs to.';
COMMENT ON COLUMN products.price IS 'List price today, EUR without VAT. What a customer paid is order_items.unit_price.';
COMMENT ON COLUMN products.unit_cost IS 'What one piece costs the shop to buy, EUR without VAT.';
COMMENT ON COLUMN products.stock IS 'Pieces in the warehouse today.';
COMMENT ON COLUMN products.reorder_level IS 'When stock falls below this number of pieces, the product is low on stock and must be ordered again.';
COMMENT ON COLUMN products.is_active IS 'False when the product is no longer sold.';
COMMENT ON COLUMN products.launched_on IS 'Day the product was first sold.';

CREATE TABLE customers (
  customer_id integer PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  city text,
  country text NOT NULL,
  segment text NOT NULL,
  marketing_channel text NOT NULL,
  created_at timestamp NOT NULL
);
COMMENT ON TABLE customers IS 'People and firms with an account. Three customers registered twice (same e-mail in other letter case).';
COMMENT ON COLUMN customers.customer_id IS 'Key of the customer.';
COMMENT ON COLUMN customers.name IS 'Full name.';
COMMENT ON COLUMN customers.email IS 'E-mail address.';
COMMENT ON COLUMN customers.city IS 'City of the delivery address. Unknown (NULL) for about one customer in forty; a few values end in blanks.';
COMMENT ON COLUMN customers.country IS 'Country of the delivery address, in English, e.g. Germany.';
COMMENT ON COLUMN customers.segment IS 'Kind of customer: consumer, business (offices and shops) or hospitality (hotels and restaurants).';
COMMENT ON COLUMN customers.marketing_channel IS 'How the customer first found the shop: direct, organic search, paid search, social, email or referral.';
COMMENT ON COLUMN customers.created_at IS 'When the account was opened; a new customer is one whose account was opened in the period. Berlin time.';

CREATE TABLE orders (
  order_id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  status text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('web', 'app', 'store', 'phone')),
  payment_method text NOT NULL,
  ordered_at timestamp NOT NULL,
  shipped_at timestamp,
  delivered_at timestamp,
  subtotal numeric(12, 2) NOT NULL,
  discount numeric(12, 2) NOT NULL CHECK (discount >= 0),
  shipping_fee numeric(12, 2) NOT NULL CHECK (shipping_fee >= 0),
  currency text NOT NULL CHECK (currency = 'EUR')
);
COMMENT ON TABLE orders IS 'Orders placed, cancelled ones included. For revenue use the view sales, which leaves cancelled orders out.';
COMMENT ON COLUMN orders.order_id IS 'Key of the order, the number customers know.';
COMMENT ON COLUMN orders.customer_id IS 'Customer who placed the order.';
COMMENT ON COLUMN orders.status IS 'paid, shipped, delivered, returned or cancelled. A few rows are in other letter case (Delivered, SHIPPED): compare with lower(status).';
COMMENT ON COLUMN orders.channel IS 'Sales channel the order came in by: web, app, store or phone.';
COMMENT ON COLUMN orders.payment_method IS 'card, paypal, invoice or bank transfer.';
COMMENT ON COLUMN orders.ordered_at IS 'When the order was placed. Berlin time.';
COMMENT ON COLUMN orders.shipped_at IS 'When the parcel left the warehouse; NULL while it has not.';
COMMENT ON COLUMN orders.delivered_at IS 'When the parcel arrived; NULL while it has not.';
COMMENT ON COLUMN orders.subtotal IS 'Goods of the order at the prices charged: the sum of quantity * unit_price of its items. EUR without VAT.';
COMMENT ON COLUMN orders.discount IS 'Discount on the goods of the whole order, EUR without VAT.';
COMMENT ON COLUMN orders.shipping_fee IS 'Charged for delivery, EUR without VAT. Not part of revenue.';
COMMENT ON COLUMN orders.currency IS 'Always EUR.';

CREATE TABLE order_items (
  order_id integer NOT NULL REFERENCES orders,
  line_no integer NOT NULL CHECK (line_no > 0),
  product_id integer NOT NULL REFERENCES products,
  quantity integer NOT NULL CHECK (quantity <> 0),
  unit_price numeric(10, 2) NOT NULL,
  PRIMARY KEY (order_id, line_no)
);
COMMENT ON TABLE order_items IS 'Lines of the orders: which products, how many, at which price.';
COMMENT ON COLUMN order_items.order_id IS 'Order the line belongs to.';
COMMENT ON COLUMN order_items.line_no IS 'Number of the line within its order, from 1.';
COMMENT ON COLUMN order_items.product_id IS 'Product that was ordered.';
COMMENT ON COLUMN order_items.quantity IS 'Pieces ordered. Negative in a few lines that correct an earlier line of the same order.';
COMMENT ON COLUMN order_items.unit_price IS 'Price charged for one piece, EUR without VAT.';

CREATE TABLE refunds (
  refund_id integer PRIMARY KEY,
  order_id integer NOT NULL,
  line_no integer NOT NULL,
  amount numeric(12, 2) NOT NULL CHECK (amount > 0),
  reason text NOT NULL,
  refunded_at timestamp NOT NULL,
  FOREIGN KEY (order_id, line_no) REFERENCES order_items
);
COMMENT ON TABLE refunds IS 'Money paid back to customers, one row per order line refunded.';
COMMENT ON COLUMN refunds.refund_id IS 'Key of the refund.';
COMMENT ON COLUMN refunds.order_id IS 'Order that was refunded.';
COMMENT ON COLUMN refunds.line_no IS 'Line of the order that was refunded.';
COMMENT ON COLUMN refunds.amount IS 'Paid back to the customer, EUR without VAT.';
COMMENT ON COLUMN refunds.reason IS 'damaged, wrong item, not as described, late delivery, changed mind or recall.';
COMMENT ON COLUMN refunds.refunded_at IS 'When the money was paid back. Berlin time.';

CREATE TABLE tickets (
  ticket_id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  order_id integer REFERENCES orders,
  topic text NOT NULL,
  priority text NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  opened_at timestamp NOT NULL,
  first_reply_at timestamp,
  closed_at timestamp,
  satisfaction integer CHECK (satisfaction BETWEEN 1 AND 5)
);
COMMENT ON TABLE tickets IS 'Questions and complaints to customer support.';
COMMENT ON COLUMN tickets.ticket_id IS 'Key of the ticket.';
COMMENT ON COLUMN tickets.customer_id IS 'Customer who wrote in.';
COMMENT ON COLUMN tickets.order_id IS 'Order the ticket is about; NULL when it is about none.';
COMMENT ON COLUMN tickets.topic IS 'delivery, return, product question, payment, account or recall.';
COMMENT ON COLUMN tickets.priority IS 'low, normal, high or urgent.';
COMMENT ON COLUMN tickets.opened_at IS 'When the ticket was opened. Berlin time.';
COMMENT ON COLUMN tickets.first_reply_at IS 'When support first replied; NULL while nobody has.';
COMMENT ON COLUMN tickets.closed_at IS 'When the ticket was solved; NULL means the ticket is open.';
COMMENT ON COLUMN tickets.satisfaction IS 'Customer satisfaction (CSAT) from 1, bad, to 5, excellent; NULL when the customer gave no rating.';

CREATE TABLE web_sessions (
  day date NOT NULL,
  marketing_channel text NOT NULL,
  device text NOT NULL CHECK (device IN ('desktop', 'mobile', 'tablet')),
  sessions integer NOT NULL CHECK (sessions >= 0),
  carts integer NOT NULL CHECK (carts >= 0),
  purchases integer NOT NULL CHECK (purchases >= 0),
  PRIMARY KEY (day, marketing_channel, device)
);
COMMENT ON TABLE web_sessions IS 'Visits to the web shop, counted per day, marketing channel and device. The app is not in here.';
COMMENT ON COLUMN web_sessions.day IS 'Day of the visits.';
COMMENT ON COLUMN web_sessions.marketing_channel IS 'What brought the visitors: direct, organic search, paid search, social, email or referral.';
COMMENT ON COLUMN web_sessions.device IS 'desktop, mobile or tablet.';
COMMENT ON COLUMN web_sessions.sessions IS 'Number of visits (sessions, traffic).';
COMMENT ON COLUMN web_sessions.carts IS 'Visits in which something was put into the cart.';
COMMENT ON COLUMN web_sessions.purchases IS 'Visits that ended in a web order. Conversion rate = purchases / sessions.';

CREATE VIEW sales AS
SELECT
  o.order_id,
  o.customer_id,
  o.channel,
  lower(o.status) AS status,
  o.ordered_at,
  o.subtotal AS gross_revenue,
  o.discount,
  coalesce(r.refunded, 0) AS refunded,
  o.subtotal - o.discount - coalesce(r.refunded, 0) AS net_revenue,
  o.shipping_fee
FROM orders AS o
LEFT JOIN (
  SELECT order_id, sum(amount) AS refunded FROM refunds GROUP BY order_id
) AS r ON r.order_id = o.order_id
WHERE lower(o.status) <> 'cancelled';
COMMENT ON VIEW sales IS 'One row per order that was not cancelled, with its revenue. Net revenue = gross revenue - discount - refunds, without shipping and VAT, counted on the day of the order. "Revenue" and "sales" without another word mean net revenue.';
COMMENT ON COLUMN sales.order_id IS 'The order.';
COMMENT ON COLUMN sales.customer_id IS 'Customer who placed the order.';
COMMENT ON COLUMN sales.channel IS 'Sales channel: web, app, store or phone.';
COMMENT ON COLUMN sales.status IS 'paid, shipped, delivered or returned, always in lower case.';
COMMENT ON COLUMN sales.ordered_at IS 'When the order was placed. Berlin time.';
COMMENT ON COLUMN sales.gross_revenue IS 'Goods at the prices charged, before discount and refunds, EUR.';
COMMENT ON COLUMN sales.discount IS 'Discount given on the order, EUR.';
COMMENT ON COLUMN sales.refunded IS 'Paid back for this order up to today, EUR.';
COMMENT ON COLUMN sales.net_revenue IS 'Net revenue = gross revenue - discount - refunds, EUR.';
COMMENT ON COLUMN sales.shipping_fee IS 'Charged for delivery, EUR. Not part of revenue.';

CREATE VIEW sale_lines AS
SELECT
  i.order_id,
  i.line_no,
  i.product_id,
  o.customer_id,
  o.channel,
  o.ordered_at,
  i.quantity,
  i.quantity * i.unit_price AS gross_revenue,
  coalesce(o.discount * i.quantity * i.unit_price / nullif(o.subtotal, 0), 0) AS discount,
  coalesce(r.refunded, 0) AS refunded,
  i.quantity * i.unit_price
    - coalesce(o.discount * i.quantity * i.unit_price / nullif(o.subtotal, 0), 0)
    - coalesce(r.refunded, 0) AS net_revenue
FROM order_items AS i
JOIN orders AS o ON o.order_id = i.order_id
LEFT JOIN (
  SELECT order_id, line_no, sum(amount) AS refunded FROM refunds GROUP BY order_id, line_no
) AS r ON r.order_id = i.order_id AND r.line_no = i.line_no
WHERE lower(o.status) <> 'cancelled';
COMMENT ON VIEW sale_lines IS 'One row per order line that was not cancelled: net revenue by product and category. Discounts of an order are shared out by value, so that the lines add up to the view sales.';
COMMENT ON COLUMN sale_lines.order_id IS 'The order.';
COMMENT ON COLUMN sale_lines.line_no IS 'Line of the order.';
COMMENT ON COLUMN sale_lines.product_id IS 'Product sold.';
COMMENT ON COLUMN sale_lines.customer_id IS 'Customer who placed the order.';
COMMENT ON COLUMN sale_lines.channel IS 'Sales channel: web, app, store or phone.';
COMMENT ON COLUMN sale_lines.ordered_at IS 'When the order was placed. Berlin time.';
COMMENT ON COLUMN sale_lines.quantity IS 'Units sold; negative in a few correcting lines.';
COMMENT ON COLUMN sale_lines.gross_revenue IS 'quantity * unit price, EUR.';
COMMENT ON COLUMN sale_lines.discount IS 'The line''s share of the discount of its order, by value, EUR.';
COMMENT ON COLUMN sale_lines.refunded IS 'Paid back for this line up to today, EUR.';
COMMENT ON COLUMN sale_lines.net_revenue IS 'Net revenue = gross revenue - discount - refunds, EUR.';
