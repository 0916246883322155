//! JSON Schemas, made from the wire types.

use super::wire::{PackFile, REQUIRED};
use schemars::JsonSchema;
use serde_json::{Value, json};

/// The schema of packs, as pretty JSON with a line break at its end.
pub fn schema() -> String {
    schema_of::<PackFile>("factlint pack", REQUIRED)
}

/// The schema of a wire type. `required` lists the keys that each table must have.
pub(crate) fn schema_of<T: JsonSchema>(title: &str, required: &[(&str, &[&str])]) -> String {
    let mut schema = schemars::SchemaGenerator::default().into_root_schema_for::<T>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".to_owned(), json!(title.replace(' ', "-")));
        root.insert("title".to_owned(), json!(title));
    }
    tidy(&mut schema, &T::schema_name(), required);
    if let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        for (name, definition) in definitions {
            tidy(definition, name, required);
        }
    }
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

/// Which keys are required is said by the wire types, not by whether a Rust type is an `Option`.
fn tidy(definition: &mut Value, name: &str, required: &[(&str, &[&str])]) {
    let Some(object) = definition.as_object_mut() else { return };
    let required = required.iter().find(|(table, _)| *table == name).map(|(_, keys)| *keys).unwrap_or_default();
    object.remove("required");
    let required: Vec<&str> = required.iter().copied().filter(|key| !key.is_empty()).collect();
    if !required.is_empty() {
        object.insert("required".to_owned(), json!(required));
    }
    let open =
        object.get_mut("properties").and_then(Value::as_object_mut).and_then(|properties| properties.remove("rest"));
    if open.is_some() {
        object.insert("additionalProperties".to_owned(), json!({"type": "string"}));
    }
}
