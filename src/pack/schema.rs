//! The JSON Schema of packs, made from the wire types.

use super::wire::{PackFile, REQUIRED};
use serde_json::{Value, json};

/// The schema as pretty JSON with a line break at its end.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(PackFile).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".to_owned(), json!("factlint-pack"));
        root.insert("title".to_owned(), json!("factlint pack"));
    }
    tidy(&mut schema, "PackFile");
    if let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        for (name, definition) in definitions {
            tidy(definition, name);
        }
    }
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

/// Which keys are required is said by the wire types, not by whether a Rust type is an `Option`.
fn tidy(definition: &mut Value, name: &str) {
    let Some(object) = definition.as_object_mut() else { return };
    let required = REQUIRED.iter().find(|(table, _)| *table == name).map(|(_, keys)| *keys).unwrap_or_default();
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
