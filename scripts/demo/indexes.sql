-- Created after the rows, which is faster and packs the pages tightly.
CREATE INDEX orders_ordered_at ON orders (ordered_at);
CREATE INDEX orders_customer_id ON orders (customer_id);
CREATE INDEX order_items_product_id ON order_items (product_id);
CREATE INDEX refunds_order_line ON refunds (order_id, line_no);
CREATE INDEX tickets_opened_at ON tickets (opened_at);
